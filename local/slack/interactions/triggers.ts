import type { Clock } from '../clock.ts';
import { newTriggerId } from '../ids.ts';
import { dropOldest } from './drop-oldest.ts';

/** A trigger lives for three seconds and works once (§4). */
const LIFETIME_MS = 3_000;
/** So many are remembered, to tell an old one from one that never was. */
const KEPT = 10_000;

/** Where an interaction happened. */
export type TriggerOrigin = {
  /** The modal that it came from: only such a trigger can push a view (§4). */
  viewId?: string;
  /** The conversation that was open, for `default_to_current_conversation`. */
  channel?: string;
};

export type Trigger = TriggerOrigin & { app: string; user: string; at: number; used: boolean };

export type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

/** Trigger ids of interactions. */
export class Triggers {
  readonly #clock: Clock;
  readonly #triggers = new Map<string, Trigger>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(app: string, user: string, origin: TriggerOrigin = {}): string {
    dropOldest(this.#triggers, KEPT);
    const id = newTriggerId(this.#clock.now());
    this.#triggers.set(id, { ...origin, app, user, at: this.#clock.now(), used: false });
    return id;
  }

  get(id: string): Trigger | undefined {
    return this.#triggers.get(id);
  }

  /** Slack's error for a trigger that this app cannot use (any more) (§4), or null. */
  refusal(app: string, id: string): TriggerError | null {
    const trigger = this.#triggers.get(id);
    if (trigger?.app !== app) return 'invalid_trigger_id';
    if (trigger.used) return 'exchanged_trigger_id';
    return this.#clock.now() - trigger.at > LIFETIME_MS ? 'expired_trigger_id' : null;
  }

  /** Uses a trigger up. Returns Slack's error for one that cannot be used (§4), or null. */
  consume(app: string, id: string): TriggerError | null {
    const refusal = this.refusal(app, id);
    const trigger = this.#triggers.get(id);
    if (refusal === null && trigger) trigger.used = true;
    return refusal;
  }

  clear(): void {
    this.#triggers.clear();
  }
}
