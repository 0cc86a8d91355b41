import type { Json } from '../json.ts';

/** One try to deliver. */
export type Attempt = {
  /** 0 for the first, then the number of the retry (`x-slack-retry-num`). */
  retry: number;
  /** Why it was tried again (`x-slack-retry-reason`). */
  reason: string | null;
  at: number;
  durationMs: number | null;
  status: number | null;
  /** `http_timeout`, `http_error`, `connection_failed`, `too_many_redirects`, or null when it was taken. */
  failure: string | null;
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
  /** `no_url` when the app has none yet; `dropped` by a fault. */
  state: 'pending' | 'acknowledged' | 'failed' | 'dropped' | 'no_url';
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
