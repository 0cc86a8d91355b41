/** Slack counts the calls of any minute. */
const MINUTE_MS = 60_000;
/** A slot may be used this much late (a slow queue, a slow network) without breaking the minute. */
export const SLOT_GRACE_MS = 5_000;

/** So many calls in any window of that length. */
export interface BucketShape {
  calls: number;
  windowMs: number;
}

/**
 * At most `atOnce` calls together and `perMinute` in any minute, the grace included: as many windows fit into it as
 * bursts do, and a window that begins within it counts whole.
 */
export function bucketShape(perMinute: number, atOnce: number): BucketShape {
  const calls = Math.max(1, Math.floor(Math.min(atOnce, perMinute)));
  const windows = Math.max(1, Math.floor(perMinute / calls));
  return { calls, windowMs: Math.floor((MINUTE_MS + SLOT_GRACE_MS) / windows) + 1 };
}

/** Slots older than this weigh on nothing any more. */
export const isOver = (at: number, now: number): boolean => at < now - MINUTE_MS - SLOT_GRACE_MS - 1;

/**
 * The earliest time from which one more call fits among the given ones, before or between slots that are reserved
 * for later as well. Who asks later never gets an earlier time than who asked before him, unless a slot was given
 * back: first come, first served.
 *
 * @param given the slots that were given, epoch milliseconds, in rising order
 * @param from not before this time (now, or the end of a block)
 */
export function earliestSlot(
  given: readonly number[],
  { calls, windowMs }: BucketShape,
  from: number,
): number {
  let at = from;
  // Any `calls` slots in a row that lie within one window keep others out of all windows that hold them.
  for (let first = 0; first + calls <= given.length; first++) {
    const begin = given[first] ?? 0;
    const end = given[first + calls - 1] ?? 0;
    if (end - begin < windowMs && end - windowMs < at && at < begin + windowMs) at = begin + windowMs;
  }
  return at;
}
