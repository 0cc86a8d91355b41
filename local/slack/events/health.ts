/** Failures are counted over this time (§6 Auto-disable). */
const WINDOW_MS = 3_600_000;
/** An app must succeed in at least this part. */
const MIN_SUCCESS = 0.05;
const KEPT_HEAD = 1_000;

type Tried = { at: number; ok: boolean; first: boolean };
type Window = { tries: Tried[]; head: number; events: number; good: number };

/** Decides when Slack switches an app's events off: more than 95 % failures within 60 minutes (§6). */
export class EventHealth {
  readonly #windows = new Map<string, Window>();

  /**
   * Notes one try.
   *
   * @param tried.first false for a retry: an event counts once towards `minEvents`, below which an app is exempt
   * @returns true when the app is to be switched off
   */
  note(app: string, tried: Tried, minEvents: number): boolean {
    const window = this.#windows.get(app) ?? { tries: [], head: 0, events: 0, good: 0 };
    this.#windows.set(app, window);
    count(window, tried, 1);
    window.tries.push(tried);
    let oldest = window.tries[window.head];
    while (oldest && oldest.at <= tried.at - WINDOW_MS) {
      count(window, oldest, -1);
      oldest = window.tries[++window.head];
    }
    // What is over is dropped now and then, not at each step: taking from the front of a long list is slow.
    if (window.head > KEPT_HEAD) {
      window.tries.splice(0, window.head);
      window.head = 0;
    }
    const tries = window.tries.length - window.head;
    return window.events >= minEvents && window.good < tries * MIN_SUCCESS;
  }

  /** Begins anew: the app was switched off. */
  forget(app: string): void {
    this.#windows.delete(app);
  }

  clear(): void {
    this.#windows.clear();
  }
}

function count(window: Window, { ok, first }: Tried, by: 1 | -1): void {
  if (first) window.events += by;
  if (ok) window.good += by;
}
