import { expect, test } from 'vitest';
import { message } from '../store/fixtures.ts';
import type { Message } from '../store/types.ts';
import { isTogether } from './grouping.ts';

const before = message({ ts: '1700000000.000000' });
const soon = '1700000060.000000';

const CASES: [string, Partial<Message>, boolean][] = [
  ['the same author a minute later', {}, true],
  ['another author', { user: 'U2' }, false],
  ['the same app under another name', { username: 'Deploys' }, false],
  ['the same author after five minutes', { ts: '1700000300.000000' }, false],
  ['what only one person sees', { ephemeralFor: 'U1' }, false],
  ['a reply sent to the channel too', { broadcast: true }, false],
  ['a note of Slack', { subtype: 'channel_join' }, false],
  ['a deleted parent', { subtype: 'tombstone' }, false],
];

test.each(CASES)('%s', (_name, given, together) => {
  expect(isTogether(message({ ts: soon, ...given }), before)).toBe(together);
});

test('the first message stands for itself', () => {
  expect(isTogether(before, undefined)).toBe(false);
});
