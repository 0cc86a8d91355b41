/** What one app may be sent from one workspace is counted over this time (§6). */
const WINDOW_MS = 3_600_000;
const MINUTE_MS = 60_000;

type Window = { times: number[]; head: number; toldMinute: number };

/** Deliveries per workspace and app: 30,000 in 60 minutes (§6). Retries are not counted. */
export class EventQuota {
  readonly #windows = new Map<string, Window>();

  /**
   * Counts an event.
   *
   * @returns whether it may be sent; `tell` holds the limited minute (seconds since the epoch) once in each
   */
  take(
    key: string,
    now: number,
    perHour: number,
  ): { allowed: true } | { allowed: false; tell: number | null } {
    const window = this.#windows.get(key) ?? { times: [], head: 0, toldMinute: -1 };
    this.#windows.set(key, window);
    while ((window.times[window.head] ?? now) <= now - WINDOW_MS) window.head += 1;
    // What is over is dropped now and then, not at each step: taking from the front of a long list is slow.
    if (window.head > 1_000) {
      window.times.splice(0, window.head);
      window.head = 0;
    }
    if (window.times.length - window.head < perHour) {
      window.times.push(now);
      return { allowed: true };
    }
    const minute = Math.floor(now / MINUTE_MS);
    const tell = minute === window.toldMinute ? null : minute * 60;
    window.toldMinute = minute;
    return { allowed: false, tell };
  }

  clear(): void {
    this.#windows.clear();
  }
}
