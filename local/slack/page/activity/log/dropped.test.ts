import { expect, test } from 'vitest';
import { droppedFrom } from './dropped.ts';

const ids = (...given: number[]) => given.map((id) => ({ id }));

test.each([
  { why: 'one came', before: ids(1, 2), now: ids(1, 2, 3), gone: 0 },
  { why: 'two left, one came', before: ids(1, 2, 3), now: ids(3, 4), gone: 2 },
  { why: 'another filter', before: ids(1, 2, 3), now: ids(1, 3), gone: undefined },
  { why: 'a wider filter', before: ids(3, 5), now: ids(1, 2, 3, 4, 5), gone: undefined },
  { why: 'all are new', before: ids(1, 2), now: ids(7, 8), gone: undefined },
  { why: 'nothing is left', before: ids(1, 2), now: [], gone: undefined },
  { why: 'the first ones', before: [], now: ids(1), gone: undefined },
])('$why', ({ before, now, gone }) => {
  expect(droppedFrom(before, now)).toBe(gone);
});
