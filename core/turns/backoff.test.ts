import { expect, it } from 'vitest';
import { defaultLimits } from '../settings.ts';
import { backoffMs } from './backoff.ts';

it.each([
  [1, 0, 1_000],
  [2, 0, 2_000],
  [5, 0, 16_000],
  [7, 0, 60_000],
  [30, 0, 60_000],
  [1, 7_500, 7_500],
  [7, 3_600_000, 3_600_000],
  [3, 500, 4_000],
])('attempt %i with Retry-After %i ms waits %i ms', (attempt, retryAfter, expected) => {
  expect(backoffMs(attempt, defaultLimits, retryAfter)).toBe(expected);
});
