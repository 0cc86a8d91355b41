/** Moments in rising order, of which the oldest are forgotten: cheap also with thousands a minute. */
export class TimeQueue {
  #times: number[] = [];
  #head = 0;

  get length(): number {
    return this.#times.length - this.#head;
  }

  push(time: number): void {
    this.#times.push(time);
  }

  /** Forgets what is not later than `since`. */
  forget(since: number): void {
    while (this.#head < this.#times.length && (this.#times[this.#head] ?? 0) <= since) this.#head += 1;
    // The array is shortened now and then only, so that a call costs no copying.
    if (this.#head > 1024 && this.#head * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
  }

  /** The moment that stands `back` places before the end; 1 is the last one. */
  fromEnd(back: number): number | undefined {
    return back > this.length ? undefined : this.#times[this.#times.length - back];
  }

  /** How many are later than `since`. */
  after(since: number): number {
    let count = 0;
    while (count < this.length && (this.fromEnd(count + 1) ?? 0) > since) count += 1;
    return count;
  }
}
