import type { BudgetedMethod } from '../settings.ts';

/** Slack counts the calls of any minute. */
const MINUTE_MS = 60_000;
/** A slot may be used this much late (a slow queue, a slow network) without breaking the minute. */
export const SLOT_GRACE_MS = 5_000;

/** So many calls in any window of that length. */
export interface BucketShape {
  calls: number;
  windowMs: number;
}

/** The two buckets of a method; together they stay within its tier. */
export interface MethodShape {
  ordinary: BucketShape;
  /** A fifth of the minute, for last flushes and pause cards. */
  reserve: BucketShape | undefined;
}

/**
 * How many calls of a method may go out at once. Appends and updates are spread over the minute, for people feel
 * their distance; starts and stops come once per turn, and the more at once the better; of posts Slack takes one per
 * second in a channel.
 */
const atOnce: Record<BudgetedMethod, (perMinute: number) => number> = {
  'chat.startStream': (perMinute) => perMinute,
  'chat.stopStream': (perMinute) => perMinute,
  'chat.appendStream': (perMinute) => perMinute / 10,
  'chat.update': (perMinute) => perMinute / 10,
  'chat.postMessage': () => 1,
  'agents.sessions.setStatus': (perMinute) => perMinute,
  'reactions.add': (perMinute) => perMinute,
  'reactions.remove': (perMinute) => perMinute,
  'files.getUploadURLExternal': (perMinute) => perMinute,
  'files.completeUploadExternal': (perMinute) => perMinute,
};

/**
 * The shape of a method's budget: in any minute, and the grace, both buckets together give no more than the tier.
 *
 * @param tier calls per minute that Slack allows
 */
export function methodShape(method: BudgetedMethod, tier: number): MethodShape {
  // One post after the other: two buckets would let two go out in the same second.
  const kept = method === 'chat.postMessage' ? 0 : Math.floor(tier / 5);
  return {
    ordinary: bucketShape(tier - kept, atOnce[method]),
    reserve: kept > 0 ? bucketShape(kept, atOnce[method]) : undefined,
  };
}

/**
 * `calls` per window are at most `perMinute` per minute when as many windows fit into it as bursts do. A window
 * that begins within the minute counts whole.
 */
function bucketShape(perMinute: number, burst: (perMinute: number) => number): BucketShape {
  const calls = Math.max(1, Math.floor(burst(perMinute)));
  const windows = Math.max(1, Math.floor(perMinute / calls));
  return { calls, windowMs: Math.floor((MINUTE_MS + SLOT_GRACE_MS) / windows) + 1 };
}

/**
 * When the next call of a bucket may go out: now, or at the next free slot, which is reserved by storing `slots`.
 * Slots are given in order, first come, first served.
 *
 * @param given the last slots that were given, oldest first, epoch milliseconds
 * @param from not before this time (now, or the end of a block)
 */
export function nextSlot(
  given: readonly number[],
  { calls, windowMs }: BucketShape,
  from: number,
): { at: number; slots: number[] } {
  const limiting = given.at(-calls);
  const at = Math.max(from, given.at(-1) ?? 0, limiting === undefined ? 0 : limiting + windowMs);
  return { at, slots: [...given, at].slice(-calls) };
}
