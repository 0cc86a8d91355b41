import { expect, test } from 'vitest';
import { fillOf, gaugeNotes, gaugeWords } from './gauge-words.ts';

const counter = {
  app: 'A1',
  team: 'T1',
  method: 'chat.update',
  tier: 3 as const,
  rule: { perMinute: 50, burst: 0 },
  limit: 50,
  accepted: 60,
  refused: 2,
  inWindow: 50,
  peak: 50,
  freeInMs: 3_100,
};

test.each([
  [0, 50, 'calm'],
  [39, 50, 'calm'],
  [40, 50, 'near'],
  [50, 50, 'full'],
  [0, 0, 'full'],
] as const)('%d of %d is %s', (used, limit, fill) => {
  expect(fillOf(used, limit)).toBe(fill);
});

test('a gauge in words', () => {
  expect(gaugeWords(counter)).toBe('50 of 50 calls in the last minute');
  expect(gaugeNotes(counter)).toBe('peak 50 · 2 refused · next free in 4 s');
  expect(gaugeNotes({ ...counter, refused: 0, freeInMs: 0 })).toBe('peak 50 · none refused');
});
