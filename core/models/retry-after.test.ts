import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-11-06T12:00:00Z');

test.each([
  ['seconds', { 'retry-after': '20' }, 20_000],
  ['a fraction of a second', { 'retry-after': '0.25' }, 250],
  ['an HTTP date', { 'retry-after': 'Fri, 06 Nov 2026 12:00:30 GMT' }, 30_000],
  ['a date that has passed', { 'retry-after': 'Fri, 06 Nov 2026 11:00:00 GMT' }, 0],
  ['milliseconds', { 'retry-after-ms': '1500' }, 1_500],
  ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
  ['nothing', {}, undefined],
  ['nonsense', { 'retry-after': 'soon' }, undefined],
  ['a negative number', { 'retry-after': '-5' }, undefined],
])('retryAfterMs reads %s', (_name, headers, expected) => {
  const read = retryAfterMs(headers, now);
  if (_name === 'a negative number') expect(read ?? 0).toBe(0);
  else expect(read).toBe(expected);
});
