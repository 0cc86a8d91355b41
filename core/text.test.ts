import { expect, it } from 'vitest';
import { headOf, lastCharacter, tailOf } from './text.ts';

it('ends and beginnings of a text never hold half a character', () => {
  expect(tailOf('ab😀', 2)).toBe('😀');
  expect(tailOf('ab😀c', 2)).toBe('c');
  expect(headOf('a😀', 2)).toBe('a');
  expect(headOf('a😀b', 3)).toBe('a😀');
  expect(headOf('abc', 10)).toBe('abc');
  expect(lastCharacter('a😀')).toBe('😀');
  expect(lastCharacter('😀a')).toBe('a');
  expect(lastCharacter('')).toBe('');
});
