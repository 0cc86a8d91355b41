import type { BudgetedMethod } from '../settings.ts';

/** Slack counts the calls of any minute. */
const WINDOW_MS = 60_000;
/** A slot may be used this much late (a slow queue, a slow network) without breaking the window. */
export const SLOT_GRACE_MS = 5_000;

/** A bucket: this many calls at once, then one per interval. */
export interface BucketShape {
  capacity: number;
  intervalMs: number;
}

/** The two buckets of a method; together they stay within its tier. */
export interface MethodShape {
  ordinary: BucketShape;
  /** A fifth of the window, for last flushes and pause cards. */
  reserve: BucketShape | undefined;
}

/**
 * The shape of a method's budget. In any window of a minute (and the grace) a bucket gives its capacity and one
 * minute's refill at most, and both buckets together no more than the tier.
 *
 * Appends are spread evenly, for it is their distance that people feel; of calls that come once per turn half may
 * come at once.
 *
 * @param tier calls per minute that Slack allows
 */
export function methodShape(method: BudgetedMethod, tier: number): MethodShape {
  const kept = Math.floor(tier / 5);
  const burst = method === 'chat.appendStream' ? 0.05 : 0.5;
  return {
    ordinary: bucketShape(tier - kept, burst),
    reserve: kept > 0 ? bucketShape(kept, 0.5) : undefined,
  };
}

function bucketShape(perWindow: number, burst: number): BucketShape {
  const capacity = Math.max(1, Math.floor(perWindow * burst));
  // `capacity` calls at a window's beginning leave room for the rest of them, and one more would be outside.
  const window = WINDOW_MS + SLOT_GRACE_MS;
  return { capacity, intervalMs: Math.floor(window / (perWindow - capacity + 1)) + 1 };
}

/**
 * When the next call of a bucket may go out (generic cell rate algorithm): now, or at the next free slot, which
 * is reserved by storing `next`.
 *
 * @param stored the bucket's state: when it will be full again, epoch milliseconds
 * @param from not before this time (now, or the end of a block)
 */
export function nextSlot(
  stored: number | undefined,
  { capacity, intervalMs }: BucketShape,
  from: number,
): { at: number; next: number } {
  const full = Math.max(stored ?? 0, from);
  return { at: Math.max(from, full - (capacity - 1) * intervalMs), next: full + intervalMs };
}
