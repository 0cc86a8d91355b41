import type { Json } from '../json.ts';
import type { FailureReason } from './failure.ts';

/** One try to deliver. */
export type Attempt = {
  /** 0 for the first, then the number of the retry (`x-slack-retry-num`). */
  retry: number;
  /** Why it was tried again (`x-slack-retry-reason`). */
  reason: string | null;
  at: number;
  durationMs: number | null;
  status: number | null;
  /** Null when it was taken, and while it is under way. */
  failure: FailureReason | null;
  answer: string | null;
};

export type DeliveryRecord = {
  id: number;
  kind: 'events' | 'interactions';
  app: string;
  /** The inner event's type, or the interaction's. */
  type: string;
  eventId: string | null;
  url: string | null;
  at: number;
  payload: Json;
  attempts: Attempt[];
  /** `no_url` when the app has none yet; `dropped`: see `droppedBecause`. */
  state: 'pending' | 'acknowledged' | 'failed' | 'dropped' | 'no_url';
  /** A fault that was asked for, events that Slack switched off, the hourly limit, more than two hours late (§6). */
  droppedBecause?: 'fault' | 'disabled' | 'rate_limited' | 'too_late';
};

const KEPT = 10_000;

/** Deliveries to the apps, oldest first; the oldest are forgotten beyond 10,000. */
export class DeliveryLog {
  #records: DeliveryRecord[] = [];
  #nextId = 1;

  add(record: Omit<DeliveryRecord, 'id' | 'attempts'>): DeliveryRecord {
    const stored = { id: this.#nextId++, attempts: [], ...record };
    this.#records.push(stored);
    if (this.#records.length > KEPT) this.#records.splice(0, KEPT / 10);
    return stored;
  }

  all(): readonly DeliveryRecord[] {
    return this.#records;
  }

  clear(): void {
    this.#records = [];
  }
}
