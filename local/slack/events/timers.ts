import type { Clock } from '../clock.ts';

type Timer = { due: number; run: () => void; handle: NodeJS.Timeout };

/** The longest that setTimeout waits: with more it does not wait at all. */
const LONGEST_MS = 2 ** 31 - 1;

/** Things to do later: when the real time has passed, or at once when the simulator's clock jumps beyond. */
export class Timers {
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
    clock.onJump(() => this.#runDue());
  }

  later(ms: number, run: () => void): void {
    const arm = (left: number): NodeJS.Timeout =>
      setTimeout(
        () => {
          if (left <= LONGEST_MS) this.#run(timer);
          else timer.handle = arm(left - LONGEST_MS);
        },
        Math.min(left, LONGEST_MS),
      ).unref();
    const timer: Timer = { due: this.#clock.now() + ms, run, handle: arm(ms) };
    this.#timers.add(timer);
  }

  clear(): void {
    for (const { handle } of this.#timers) clearTimeout(handle);
    this.#timers.clear();
  }

  #runDue(): void {
    const now = this.#clock.now();
    const due = [...this.#timers].filter((timer) => timer.due <= now).sort((a, b) => a.due - b.due);
    for (const timer of due) this.#run(timer);
  }

  #run(timer: Timer): void {
    clearTimeout(timer.handle);
    if (this.#timers.delete(timer)) timer.run();
  }
}
