import { expect, test } from 'vitest';
import { clockWords } from './clock-words.ts';

test.each([
  [{ offsetMs: 0, frozen: false }, 'runs with real time'],
  [{ offsetMs: 300_000, frozen: false }, '5 min ahead'],
  [{ offsetMs: 3_900_000, frozen: true }, 'frozen, 1 h 5 min ahead'],
  [{ offsetMs: 7_200_000, frozen: false }, '2 h ahead'],
  [{ offsetMs: 0, frozen: true }, 'frozen'],
])('%j reads %s', (clock, words) => {
  expect(clockWords(clock)).toBe(words);
});
