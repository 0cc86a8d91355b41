import { expect, test } from 'vitest';
import { linesOf } from './line-list.ts';

test.each([
  ['chat:write\nusers:read', ['chat:write', 'users:read']],
  [' chat:write,  users:read\n\nchat:write ', ['chat:write', 'users:read']],
  ['', []],
])('%j are %j', (text, lines) => {
  expect(linesOf(text)).toEqual(lines);
});
