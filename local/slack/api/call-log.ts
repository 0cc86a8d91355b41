import type { Json, JsonObject } from '../json.ts';

/** One Web API call as the simulator saw it. */
export type CallRecord = {
  id: number;
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

const KEPT = 20_000;

/** The calls of all apps, oldest first; the oldest are forgotten beyond 20,000. */
export class CallLog {
  #calls: CallRecord[] = [];
  #nextId = 1;

  add(call: Omit<CallRecord, 'id'>): CallRecord {
    const record = { id: this.#nextId++, ...call };
    this.#calls.push(record);
    if (this.#calls.length > KEPT) this.#calls.splice(0, KEPT / 10);
    return record;
  }

  all(): readonly CallRecord[] {
    return this.#calls;
  }

  clear(): void {
    this.#calls = [];
  }
}
