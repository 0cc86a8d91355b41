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
/** Bytes of payloads that are kept, about. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Deliveries to the apps, oldest first; the oldest are forgotten beyond 10,000 or 64 MB of JSON. */
export class DeliveryLog {
  #records: DeliveryRecord[] = [];
  #sizes: number[] = [];
  #bytes = 0;
  #nextId = 1;
  readonly #keptBytes: number;

  constructor(keptBytes = KEPT_BYTES) {
    this.#keptBytes = keptBytes;
  }

  add(record: Omit<DeliveryRecord, 'id' | 'attempts'>): DeliveryRecord {
    const stored = { id: this.#nextId++, attempts: [], ...record };
    const size = JSON.stringify(record.payload).length;
    this.#records.push(stored);
    this.#sizes.push(size);
    this.#bytes += size;
    if (this.#records.length > KEPT || this.#bytes > this.#keptBytes) this.#forget();
    return stored;
  }

  all(): readonly DeliveryRecord[] {
    return this.#records;
  }

  clear(): void {
    this.#records = [];
    this.#sizes = [];
    this.#bytes = 0;
  }

  /** Drops the oldest tenth, or more until the bytes fit; always keeps the newest. */
  #forget(): void {
    let count = this.#records.length > KEPT ? KEPT / 10 : 0;
    let freed = this.#sizes.slice(0, count).reduce((sum, size) => sum + size, 0);
    while (this.#bytes - freed > this.#keptBytes * 0.9 && count < this.#records.length - 1) {
      freed += this.#sizes[count] ?? 0;
      count += 1;
    }
    this.#records.splice(0, count);
    this.#sizes.splice(0, count);
    this.#bytes -= freed;
  }
}
