/**
 * The simulator's clock: the real one plus an offset, or standing still when frozen.
 * Lifetimes and windows (§1.8, §2, §5) read it, so a test can let five minutes pass without waiting.
 */
export class Clock {
  #offset = 0;
  #frozenAt: number | undefined;
  readonly #listeners = new Set<() => void>();

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#offset;
  }

  /** Moves the clock forward; whoever listens is told, so that what is due happens at once. */
  advance(ms: number): void {
    this.#offset += ms;
    if (this.#frozenAt !== undefined) this.#frozenAt += ms;
    for (const listener of this.#listeners) listener();
  }

  freeze(): void {
    this.#frozenAt ??= this.now();
  }

  /** Runs again with the real time, without any offset. */
  restart(): void {
    this.#frozenAt = undefined;
    this.#offset = 0;
    for (const listener of this.#listeners) listener();
  }

  state(): { now: number; offsetMs: number; frozen: boolean } {
    return { now: this.now(), offsetMs: this.#offset, frozen: this.#frozenAt !== undefined };
  }

  onJump(listener: () => void): void {
    this.#listeners.add(listener);
  }
}
