import type { DeliveryFault } from '../faults/faults.ts';
import type { Json } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import type { DeliveryRecord } from './delivery-log.ts';
import { type Encoding, encoded } from './encode.ts';
import { EventQuota } from './event-quota.ts';
import { failed, repeated, skewSeconds } from './faulty.ts';
import { EventHealth } from './health.ts';
import { isTooLate, retryDelay } from './retries.ts';
import { send } from './send.ts';
import { Shuffler } from './shuffler.ts';
import { Timers } from './timers.ts';

type DropReason = NonNullable<DeliveryRecord['droppedBecause']>;

type Sending = {
  app: App;
  record: DeliveryRecord;
  encoding: Encoding;
  fault: DeliveryFault | undefined;
};

/** Delivers to the apps' URLs: signed, retried for events, with the misbehaviour that was asked for. */
export class Deliverer {
  readonly #sim: Simulator;
  readonly #timers: Timers;
  readonly #quota = new EventQuota();
  readonly #health = new EventHealth();
  readonly #shuffler = new Shuffler();
  #held: (() => Promise<void>)[] = [];
  /** Counts the resets: what was under way at one is not tried again. */
  #era = 0;

  constructor(sim: Simulator) {
    this.#sim = sim;
    this.#timers = new Timers(sim.clock);
  }

  /** Delivers an event; returns at once, the log tells what became of it. */
  event(app: App, team: string, type: string, eventId: string, payload: Json): void {
    const fault = this.#sim.faults.forDelivery(type, app.eventsUrl);
    const record = this.#record(app, { kind: 'events', type, eventId, url: app.eventsUrl, payload });
    if (record.state !== 'pending') return;
    const because = this.#refusal(app, team, fault);
    if (because) {
      this.#drop(record, because);
      return;
    }
    const go = () => this.#copies({ app, record, encoding: 'json', fault });
    if (fault?.effect === 'hold') {
      this.#held.push(go);
      return;
    }
    const held = this.#held;
    this.#held = [];
    const goAndRelease = () => void go().then(() => Promise.all(held.map((release) => release())));
    const { shuffleSeed: seed, shuffleWindowMs: windowMs } = this.#sim.options;
    if (fault?.delayMs) this.#timers.later(fault.delayMs, goAndRelease);
    else if (seed !== null) this.#shuffler.add(goAndRelease, { seed, windowMs });
    else goAndRelease();
  }

  /**
   * Delivers an interaction: once, answered within 3 s or the person sees an error (§5).
   *
   * @param given.url where to, for what has a URL of its own; otherwise the app's URL for interactions
   * @param given.fields as plain form fields, as slash commands travel
   */
  async interaction(
    app: App,
    type: string,
    payload: Json,
    given: { url?: string | null; fields?: boolean } = {},
  ): Promise<DeliveryRecord> {
    const url = given.url === undefined ? app.interactionsUrl : given.url;
    const fault = this.#sim.faults.forDelivery(type, url);
    const record = this.#record(app, { kind: 'interactions', type, eventId: null, url, payload });
    if (record.state !== 'pending') return record;
    if (fault?.effect === 'drop') {
      this.#drop(record, 'fault');
      return record;
    }
    if (fault?.delayMs) await new Promise<void>((done) => this.#timers.later(fault.delayMs ?? 0, done));
    await this.#copies({ app, record, encoding: given.fields ? 'fields' : 'payload', fault });
    return record;
  }

  /** Drops what still waits: retries and held deliveries. */
  clear(): void {
    this.#era += 1;
    this.#timers.clear();
    this.#shuffler.clear();
    this.#quota.clear();
    this.#health.clear();
    this.#held = [];
  }

  #record(
    app: App,
    given: Pick<DeliveryRecord, 'kind' | 'type' | 'eventId' | 'url' | 'payload'>,
  ): DeliveryRecord {
    const state = given.url === null ? 'no_url' : 'pending';
    const record = this.#sim.deliveries.add({ ...given, app: app.id, at: this.#sim.clock.now(), state });
    this.#sim.changes.emit({ type: 'delivery', delivery: record });
    return record;
  }

  #changed(record: DeliveryRecord, state: DeliveryRecord['state']): void {
    record.state = state;
    this.#sim.changes.emit({ type: 'delivery', delivery: record });
  }

  /** Why an event is not sent at all, if so. */
  #refusal(app: App, team: string, fault: DeliveryFault | undefined): DropReason | undefined {
    if (app.eventsDisabled) return 'disabled';
    if (fault?.effect === 'drop') return 'fault';
    return this.#withinQuota(app, team) ? undefined : 'rate_limited';
  }

  #drop(record: DeliveryRecord, because: DropReason): void {
    record.droppedBecause = because;
    this.#changed(record, 'dropped');
  }

  /** Whether the workspace's share of this hour is left; tells the app once in each limited minute (§6). */
  #withinQuota(app: App, team: string): boolean {
    const { eventsPerHour } = this.#sim.options;
    const taken = this.#quota.take(`${app.id}/${team}`, this.#sim.clock.now(), eventsPerHour);
    if (!taken.allowed && taken.tell !== null) {
      const type = 'app_rate_limited';
      const payload = {
        token: app.verificationToken,
        type,
        team_id: team,
        minute_rate_limited: taken.tell,
        api_app_id: app.id,
      };
      const record = this.#record(app, { kind: 'events', type, eventId: null, url: app.eventsUrl, payload });
      void this.#attempt({ app, record, encoding: 'json', fault: undefined }, 0, null);
    }
    return taken.allowed;
  }

  async #copies(sending: Sending): Promise<void> {
    const { fault } = sending;
    const copies = fault?.effect === 'duplicate' ? (fault.count ?? 2) : 1;
    await Promise.all(Array.from({ length: copies }, () => this.#attempt(sending, 0, null)));
  }

  async #attempt(sending: Sending, retry: number, reason: string | null): Promise<void> {
    const { app, record, encoding, fault } = sending;
    const events = record.kind === 'events';
    const at = this.#sim.clock.now();
    if (events && isTooLate(at - record.at, app.delayedEvents)) {
      this.#drop(record, 'too_late');
      return;
    }
    const attempt: DeliveryRecord['attempts'][number] = {
      retry,
      reason,
      at,
      durationMs: null,
      status: null,
      failure: null,
      answer: null,
    };
    record.attempts.push(attempt);
    const era = this.#era;
    const { noRetry, ...outcome } =
      failed(fault) ??
      (await send({
        url: record.url ?? '',
        ...encoded(record.payload, encoding),
        secret: app.signingSecret,
        timestamp: Math.floor(at / 1000) + skewSeconds(fault),
        timeoutMs: this.#sim.options.ackTimeoutMs,
        headers:
          retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': reason ?? '' } : {},
      }));
    Object.assign(attempt, outcome);
    if (era !== this.#era) return;
    if (events) this.#noteHealth(app, outcome.failure === null, retry === 0);
    const delay = events && !noRetry ? retryDelay(retry, app.delayedEvents) : null;
    const failure = outcome.failure;
    if (failure === null || delay === null) this.#changed(record, stateOf(record));
    else {
      this.#changed(record, record.state);
      this.#timers.later(
        delay * this.#sim.options.retryScale,
        () => void this.#attempt({ ...sending, fault: repeated(fault) }, retry + 1, failure),
      );
    }
  }

  /** Switches an app's events off when nearly all of them fail (§6); an admin switches them on again. */
  #noteHealth(app: App, ok: boolean, first: boolean): void {
    if (app.eventsDisabled) return;
    const { autoDisableMinEvents } = this.#sim.options;
    if (!this.#health.note(app.id, { at: this.#sim.clock.now(), ok, first }, autoDisableMinEvents)) return;
    this.#health.forget(app.id);
    app.eventsDisabled = true;
    this.#sim.changes.emit({ type: 'world' });
  }
}

/** What a delivery has come to when no more tries follow; with several copies, once all of them were answered. */
function stateOf({ attempts }: DeliveryRecord): DeliveryRecord['state'] {
  if (attempts.some((one) => one.durationMs === null)) return 'pending';
  return attempts.some((one) => one.failure === null) ? 'acknowledged' : 'failed';
}
