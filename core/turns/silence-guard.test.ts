import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultLimits } from '../settings.ts';
import { createSilenceGuard, silenceError } from './silence-guard.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const { silenceMs } = defaultLimits;
const NEVER_MS = 24 * 3_600_000;

describe('K-29 silence', () => {
  test('before the first part: not before ten minutes', () => {
    const guard = createSilenceGuard(silenceMs, NEVER_MS);
    vi.advanceTimersByTime(600_000 - 1);
    expect(guard.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect([guard.signal.aborted, guard.fired]).toEqual([true, 'silence']);
  });

  test('between parts: each begins the time anew', () => {
    const guard = createSilenceGuard(silenceMs, NEVER_MS);
    for (let part = 0; part < 5; part++) {
      vi.advanceTimersByTime(silenceMs - 1);
      guard.rearm();
    }
    expect(guard.fired).toBeUndefined();
    vi.advanceTimersByTime(silenceMs);
    expect(guard.fired).toBe('silence');
  });
});

test('the deadline comes however much is said, and is not moved by what comes', () => {
  const guard = createSilenceGuard(silenceMs, 30_000);
  for (let second = 0; second < 29; second++) {
    vi.advanceTimersByTime(1_000);
    guard.rearm();
  }
  expect(guard.fired).toBeUndefined();
  vi.advanceTimersByTime(1_000);
  expect([guard.signal.aborted, guard.fired]).toEqual([true, 'deadline']);
  // What fires later changes nothing.
  vi.advanceTimersByTime(silenceMs);
  expect(guard.fired).toBe('deadline');
});

test.each([0, -60_000, 500])('a deadline of %i ms still leaves a second', (deadlineMs) => {
  const guard = createSilenceGuard(silenceMs, deadlineMs);
  vi.advanceTimersByTime(999);
  expect(guard.fired).toBeUndefined();
  vi.advanceTimersByTime(1);
  expect(guard.fired).toBe('deadline');
});

test('ended, it fires no more and leaves no timer, not even for a part that comes late', () => {
  const guard = createSilenceGuard(silenceMs, 30_000);
  guard.end();
  guard.rearm();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(NEVER_MS);
  expect(guard.signal.aborted).toBe(false);
});

test.each([
  [600_000, '10 minutes'],
  [1_500, '2 seconds'],
  [60_000, '60 seconds'],
])('a silence of %i ms is told as %s', (ms, lasted) => {
  const error = silenceError('openai/gpt-x', ms);
  expect(error).toMatchObject({ code: 'silence', retryable: true });
  expect(error.sentence).toBe(`The model sent nothing for ${lasted}.`);
  expect(error.adminSentence).toContain(`openai/gpt-x failed with silence (${lasted} without`);
});
