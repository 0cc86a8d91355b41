/** Delays before the retries 1, 2 and 3 (§6 Ack). */
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/** With "Delayed Events": once an hour for 24 hours after that (§6). */
const HOUR_MS = 3_600_000;
const HOURLY_RETRIES = 24;

/** Without it, what is later than this is dropped (§6). */
const MAX_LATENESS_MS = 2 * HOUR_MS;

/**
 * How long Slack waits before it tries an event again, unscaled; null when it gives up.
 *
 * @param tried how many retries there were
 */
export function retryDelay(tried: number, delayedEvents: boolean): number | null {
  const delay = RETRY_DELAYS_MS[tried];
  if (delay !== undefined) return delay;
  return delayedEvents && tried < RETRY_DELAYS_MS.length + HOURLY_RETRIES ? HOUR_MS : null;
}

/** Whether an event is so late that Slack drops it (§6). */
export function isTooLate(latenessMs: number, delayedEvents: boolean): boolean {
  return !delayedEvents && latenessMs > MAX_LATENESS_MS;
}
