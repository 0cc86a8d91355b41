import { expect, it } from 'vitest';
import { asks, logOf, part, says, T0 } from '../../../test/support/relay-log.ts';
import type { Cursor } from '../record.ts';
import { textLatencies } from './text-latency.ts';

const batches = logOf([says('one')], [asks('a')], part('two'), [says('three')]).map((batch, n) => ({
  ...batch,
  at: T0 + n * 1_000,
}));
const place = (seq: number, index = 0, offset = 0): Cursor => ({ fence: 1, seq, index, offset });
const start: Cursor = { fence: 0, seq: 0, index: 0, offset: 0 };

it.each<[string, Cursor, Cursor, number[]]>([
  ['each batch of text that came whole', start, place(5), [9_000, 7_000, 6_000]],
  ['nothing where no text came', place(2), place(3), []],
  ['none whose text is not all there', start, place(3, 1, 2), [9_000]],
  ['one whose text is all there, although its batch is not', start, place(3, 2), [9_000, 7_000]],
  ['none that came before', place(3, 2), place(5), [6_000]],
  ['the rest of one', place(4, 0, 3), place(5), [6_000]],
  [
    'those of another fence',
    { fence: 0, seq: 99, index: 0, offset: 0 },
    { fence: 2, seq: 1, index: 0, offset: 0 },
    [9_000, 7_000, 6_000],
  ],
])('counts %s', (_, from, to, expected) => {
  expect(textLatencies(batches, from, to, T0 + 9_000)).toEqual(expected);
});
