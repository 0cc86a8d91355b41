import { expect, test } from 'vitest';
import { counted, durationOf, timeOf } from './format.ts';

test.each([
  [null, ''],
  [0.44, '0.4 ms'],
  [12.4, '12 ms'],
  [999.4, '999 ms'],
  [1240, '1.2 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
])('%s ms reads %s', (ms, text) => {
  expect(durationOf(ms)).toBe(text);
});

test('a time of day has milliseconds', () => {
  expect(timeOf(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
});

test('counted', () => {
  expect([counted(1, 'call'), counted(2, 'call'), counted(0, 'try', 'tries')]).toEqual([
    '1 call',
    '2 calls',
    '0 tries',
  ]);
});
