import type { Clock } from '../clock.ts';
import { newTriggerId } from '../ids.ts';

/** A trigger lives for three seconds and works once (§4). */
const LIFETIME_MS = 3_000;

/** Trigger ids of interactions. */
export class Triggers {
  readonly #clock: Clock;
  readonly #triggers = new Map<string, { app: string; user: string; at: number; used: boolean }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(app: string, user: string): string {
    const id = newTriggerId(this.#clock.now());
    this.#triggers.set(id, { app, user, at: this.#clock.now(), used: false });
    return id;
  }

  /** Uses a trigger up. Returns Slack's error for one that cannot be used (§4), or null. */
  consume(
    app: string,
    id: string,
  ): 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id' | null {
    const trigger = this.#triggers.get(id);
    if (trigger?.app !== app) return 'invalid_trigger_id';
    if (trigger.used) return 'exchanged_trigger_id';
    if (this.#clock.now() - trigger.at > LIFETIME_MS) return 'expired_trigger_id';
    trigger.used = true;
    return null;
  }
}
