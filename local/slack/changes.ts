import type { CallRecord } from './api/call-log.ts';
import type { DeliveryRecord } from './events/delivery-log.ts';
import type { Message } from './world/types.ts';

/** Something that happened in the simulator: what `/_admin/wait` and the page's feed listen to. */
export type Change =
  | { type: 'message'; message: Message }
  | { type: 'message_deleted'; message: Message }
  | { type: 'call'; call: CallRecord }
  | { type: 'delivery'; delivery: DeliveryRecord }
  | { type: 'session'; channel: string; threadTs: string }
  /** A person's modal, home or entered values. */
  | { type: 'view'; user: string }
  /** The faults that are switched on. */
  | { type: 'faults' }
  | { type: 'world' };

/** Tells every listener of each change, in order. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  emit(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Listens until the returned function is called. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
