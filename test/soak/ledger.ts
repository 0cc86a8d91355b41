/** Which effects were had, counted where nothing that fails can forget one. */
export class Ledger {
  readonly #times = new Map<string, number>();
  readonly #keys = new Map<string, Set<string>>();

  /**
   * @param call the call's name in its plan
   * @param key its idempotency key
   */
  add(call: string, key: string): void {
    this.#times.set(call, this.times(call) + 1);
    this.#keys.set(call, (this.#keys.get(call) ?? new Set()).add(key));
  }

  times(call: string): number {
    return this.#times.get(call) ?? 0;
  }

  get total(): number {
    return this.#times.size;
  }

  /** Effects that were had more than once, under whatever key. */
  violations(): string[] {
    return [...this.#times]
      .filter(([, times]) => times > 1)
      .map(([call, times]) => `call ${call} ran ${times} times, under ${this.#keys.get(call)?.size} keys`);
  }
}
