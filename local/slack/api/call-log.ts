import type { Json, JsonObject } from '../json.ts';
import type { Tier } from '../limits/tiers.ts';

/** How full the window was that a call counted in (§2). */
export type CallTier = { tier: Tier; limit: number; inWindow: number };

/** The message that a call made or changed: the page jumps to it. */
export type Touched = { channel: string; ts: string };

/** One Web API call as the simulator saw it. */
export type CallRecord = {
  id: number;
  /** A method, or `response_url`, `upload_url`, `file_url`. */
  method: string;
  app: string | null;
  team: string | null;
  /** Milliseconds since the epoch, by the simulator's clock. */
  at: number;
  durationMs: number;
  /** Arguments as given, parsed; the token is masked. */
  args: JsonObject;
  /** Arguments that the method does not know. */
  unknownArguments: string[];
  /** What Slack let pass although it advises against it, as sentences. */
  notes: string[];
  /** The rate limit's window right after the call; null where nothing was counted. */
  tier: CallTier | null;
  touched: Touched | null;
  /** The Retry-After header as it was sent; null without one. */
  retryAfter: string | null;
  /** HTTP status; 0 when the connection was closed without an answer. */
  status: number;
  ok: boolean;
  error: string | null;
  answer: Json;
  /** The misbehaviour that was applied, if any. */
  fault: string | null;
  /** Whether the method ran: false for dropped requests and for what was refused before it. */
  applied: boolean;
};

/** A record without what nearly always has the same value. */
type NewCall = Omit<CallRecord, 'id' | 'notes' | 'tier' | 'touched' | 'retryAfter'> &
  Partial<Pick<CallRecord, 'notes' | 'tier' | 'touched' | 'retryAfter'>>;

const KEPT = 20_000;
/** Bytes of arguments and answers that are kept, about. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** The calls of all apps, oldest first; the oldest are forgotten beyond 20,000 or 64 MB of JSON. */
export class CallLog {
  #calls: CallRecord[] = [];
  #sizes: number[] = [];
  #bytes = 0;
  #nextId = 1;
  readonly #keptBytes: number;

  constructor(keptBytes = KEPT_BYTES) {
    this.#keptBytes = keptBytes;
  }

  /** @param bytes size of arguments and answer; by default as JSON would have it */
  add(call: NewCall, bytes = JSON.stringify([call.args, call.answer]).length): CallRecord {
    const record = { id: this.#nextId++, notes: [], tier: null, touched: null, retryAfter: null, ...call };
    this.#calls.push(record);
    this.#sizes.push(bytes);
    this.#bytes += bytes;
    if (this.#calls.length > KEPT || this.#bytes > this.#keptBytes) this.#forget();
    return record;
  }

  all(): readonly CallRecord[] {
    return this.#calls;
  }

  /** A call by its id; ids rise by one. */
  get(id: number): CallRecord | undefined {
    const first = this.#calls[0]?.id ?? 1;
    return this.#calls[id - first];
  }

  clear(): void {
    this.#calls = [];
    this.#sizes = [];
    this.#bytes = 0;
  }

  /** Drops the oldest tenth, or more until the bytes fit; always keeps the newest. */
  #forget(): void {
    let count = this.#calls.length > KEPT ? KEPT / 10 : 0;
    let freed = this.#sizes.slice(0, count).reduce((sum, size) => sum + size, 0);
    while (this.#bytes - freed > this.#keptBytes * 0.9 && count < this.#calls.length - 1) {
      freed += this.#sizes[count] ?? 0;
      count += 1;
    }
    this.#calls.splice(0, count);
    this.#sizes.splice(0, count);
    this.#bytes -= freed;
  }
}
