import type { Json } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import type { DeliveryRecord } from './delivery-log.ts';
import { send } from './send.ts';

/** Delays before the retries 1, 2 and 3 (§6 Ack). */
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/** Delivers to the apps' URLs: signed, retried for events, with the misbehaviour that was asked for. */
export class Deliverer {
  readonly #sim: Simulator;
  readonly #timers = new Set<NodeJS.Timeout>();
  #held: (() => Promise<void>)[] = [];

  constructor(sim: Simulator) {
    this.#sim = sim;
  }

  /** Delivers an event; returns at once, the log tells what became of it. */
  event(app: App, type: string, eventId: string, payload: Json): void {
    const fault = this.#sim.faults.forDelivery(type);
    const record = this.#record(app, { kind: 'events', type, eventId, url: app.eventsUrl, payload });
    if (record.state !== 'pending') return;
    if (fault?.effect === 'drop') {
      this.#changed(record, 'dropped');
      return;
    }
    const copies = fault?.effect === 'duplicate' ? (fault.count ?? 2) : 1;
    const go = async () => {
      const attempts = Array.from({ length: copies }, () => this.#attempt(app, record, 0, null));
      await Promise.all(attempts);
    };
    if (fault?.effect === 'hold') {
      this.#held.push(go);
      return;
    }
    const held = this.#held;
    this.#held = [];
    const goAndRelease = () => void go().then(() => Promise.all(held.map((release) => release())));
    if (fault?.delayMs) this.#later(fault.delayMs, goAndRelease);
    else goAndRelease();
  }

  /** Delivers an interaction: once, answered within 3 s or the person sees an error (§5). */
  async interaction(app: App, type: string, payload: Json): Promise<DeliveryRecord> {
    const fault = this.#sim.faults.forDelivery(type);
    const record = this.#record(app, {
      kind: 'interactions',
      type,
      eventId: null,
      url: app.interactionsUrl,
      payload,
    });
    if (record.state !== 'pending') return record;
    if (fault?.effect === 'drop') {
      this.#changed(record, 'dropped');
      return record;
    }
    if (fault?.delayMs) await new Promise<void>((done) => this.#later(fault.delayMs ?? 0, done));
    const copies = fault?.effect === 'duplicate' ? (fault.count ?? 2) : 1;
    await Promise.all(Array.from({ length: copies }, () => this.#attempt(app, record, 0, null)));
    return record;
  }

  /** Drops what still waits: retries and held deliveries. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
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

  async #attempt(app: App, record: DeliveryRecord, retry: number, reason: string | null): Promise<void> {
    const events = record.kind === 'events';
    const json = JSON.stringify(record.payload);
    const at = this.#sim.clock.now();
    const attempt = { retry, reason, at, durationMs: null, status: null, failure: null, answer: null };
    record.attempts.push(attempt);
    const sent = await send({
      url: record.url ?? '',
      contentType: events ? 'application/json' : 'application/x-www-form-urlencoded',
      body: events ? json : new URLSearchParams({ payload: json }).toString(),
      secret: app.signingSecret,
      timestamp: Math.floor(at / 1000),
      timeoutMs: this.#sim.options.ackTimeoutMs,
      headers: retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': reason ?? '' } : {},
    });
    const { noRetry, ...outcome } = sent;
    Object.assign(attempt, outcome);
    const delay = RETRY_DELAYS_MS[retry];
    if (outcome.failure === null) this.#changed(record, 'acknowledged');
    else if (events && !noRetry && delay !== undefined) {
      this.#changed(record, record.state);
      const failure = outcome.failure;
      this.#later(
        delay * this.#sim.options.retryScale,
        () => void this.#attempt(app, record, retry + 1, failure),
      );
    } else if (record.state === 'pending') this.#changed(record, 'failed');
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}
