import { expect, test } from 'vitest';
import { hideEcho } from './hide-echo.ts';

const sent = [
  'Be brief.',
  [
    { role: 'user', content: 'My account number is 12 34 56 78 and the\n  password hangs at the screen.' },
    {
      role: 'tool',
      content: [{ output: { type: 'json', value: { rows: ['a rather long row of the table'] } } }],
    },
    { role: 'user', content: [{ type: 'file', data: new Uint8Array([1, 2, 3]) }] },
  ],
];

test.each([
  ['nothing of it', 'tools.0.name: too short', 'tools.0.name: too short'],
  ['a piece', 'bad input "account number is 12 34 56 78" at 3', 'bad input "…" at 3'],
  ['over a line’s end', 'bad: 56 78 and the password hangs.', 'bad:….'],
  ['deep inside', 'no: a rather long row of the table!', 'no: …!'],
  ['two pieces', 'account number is 12 34 56 | password hangs at the screen', '…|…'],
  ['few words are nobody’s', 'the account number', 'the account number'],
  ['lines become one', 'a\n\n  b', 'a b'],
])('%s', (_name, text, clean) => {
  expect(hideEcho(text, sent)).toBe(clean);
});

test('without a request there is nothing to hide', () => {
  expect(hideEcho('My account number is 12 34 56 78', undefined)).toBe('My account number is 12 34 56 78');
});
