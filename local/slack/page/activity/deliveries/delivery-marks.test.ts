import { expect, test } from 'vitest';
import { failureWords, markOf, troubleOf } from './delivery-marks.ts';

const tried = (failure: 'http_timeout' | 'http_error' | null, status: number | null = null) => ({
  retry: 0,
  reason: null,
  at: 0,
  durationMs: 1,
  status,
  failure,
  answer: null,
});

test.each([
  { state: 'acknowledged' as const, attempts: [tried(null, 200)], kind: 'ok', trouble: undefined },
  { state: 'pending' as const, attempts: [], kind: 'waiting', trouble: undefined },
  {
    state: 'pending' as const,
    attempts: [tried('http_error', 500)],
    kind: 'warning',
    trouble: 'The app answered 500; Slack wants 2xx. Slack will try again.',
  },
  {
    state: 'failed' as const,
    attempts: [tried('http_timeout')],
    kind: 'error',
    trouble: 'The app did not answer in time. Slack gave up.',
  },
  {
    state: 'no_url' as const,
    attempts: [],
    kind: 'warning',
    trouble: 'The app has no URL for this yet: set one in the tab “Simulator”.',
  },
  { state: 'dropped' as const, attempts: [], kind: 'dropped', trouble: 'It was never sent.' },
])('$state after $attempts.length tries is marked $kind', ({ state, attempts, kind, trouble }) => {
  expect(markOf({ state, attempts }).kind).toBe(kind);
  expect(troubleOf({ state, attempts })).toBe(trouble);
});

test('an event that Slack does not send any more says why', () => {
  expect(troubleOf({ state: 'dropped', attempts: [], droppedBecause: 'too_late' })).toBe(
    'It was more than two hours late.',
  );
});

test('an unknown failure is named', () => {
  expect(failureWords({ failure: 'ssl_error', status: null })).toBe('It failed: ssl_error.');
});
