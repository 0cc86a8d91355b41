import type { Limits } from '../settings.ts';

/**
 * How long to wait before the next attempt at a model call: 1 s doubling to 60 s, never below Retry-After.
 *
 * @param attempt how many attempts have failed (1 after the first)
 * @returns milliseconds
 */
export function backoffMs(attempt: number, limits: Limits, retryAfterMs = 0): number {
  const doubled = limits.backoffBaseMs * 2 ** Math.max(0, attempt - 1);
  return Math.max(Math.min(doubled, limits.backoffCapMs), retryAfterMs);
}
