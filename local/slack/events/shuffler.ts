import { mulberry32 } from '../faults/faults.ts';

/** Gathers what is to be sent for a moment and lets it go in an order drawn from a seed (§6: no order is guaranteed). */
export class Shuffler {
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #random: { seed: number; next: () => number } | undefined;

  add(send: () => void, given: { seed: number; windowMs: number }): void {
    if (this.#random?.seed !== given.seed) this.#random = { seed: given.seed, next: mulberry32(given.seed) };
    this.#waiting.push(send);
    this.#timer ??= setTimeout(() => this.#release(), given.windowMs).unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#random = undefined;
  }

  #release(): void {
    const sends = this.#waiting;
    this.#waiting = [];
    this.#timer = undefined;
    const next = this.#random?.next ?? Math.random;
    // Fisher and Yates: every order is as likely.
    for (let at = sends.length - 1; at > 0; at--) {
      const other = Math.floor(next() * (at + 1));
      const [one, two] = [sends[at], sends[other]];
      if (one && two) [sends[at], sends[other]] = [two, one];
    }
    for (const send of sends) send();
  }
}
