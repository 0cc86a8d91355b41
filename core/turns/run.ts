import type { Log } from '../log.ts';
import { requestWake } from '../relay/request-wake.ts';
import type { SendWake } from '../relay/wake.ts';
import type { Limits } from '../settings.ts';
import { ConditionFailedError, TransactionRefusedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import type { Action, Store, Update } from '../store/store.ts';
import { chunkItem } from '../stream/chunk-item.ts';
import type { ChunkPosition, StreamChunk } from '../stream/chunks.ts';
import type { TurnRecord } from './record.ts';
import { type TurnTransition, transitionCondition, turnTransitions } from './transitions.ts';

/** Somebody else took the turn or ended it: this run writes no more and leaves. */
export class TurnLostError extends Error {
  override readonly name = 'TurnLostError';
}

/** Why a run's signal was aborted: a person's stop, a lost turn, a failed write, or the end of its time. */
export type AbortCause = 'stop' | 'lost' | 'write' | 'deadline';

export class RunAbort extends Error {
  override readonly name = 'RunAbort';
  readonly abortCause: AbortCause;
  constructor(abortCause: AbortCause, options?: ErrorOptions) {
    super(`The run was aborted: ${abortCause}.`, options);
    this.abortCause = abortCause;
  }
}

export interface RunWriterDeps {
  store: Store;
  now: () => number;
  limits: Limits;
  sendWake: SendWake;
  log: Log;
}

/** What happens within this time of each other goes into one batch. */
const GATHER_MS = 20;

type TurnChange = Pick<Update, 'set' | 'remove'>;

/**
 * A turn that this run owns, and the only writer of its records: chunk batches, commits and renewed leases go
 * out one after the other, so that no two of its own writes meet on one item and the log is written before the
 * commit that follows it. Each commit carries the fence; the first refusal ends the run.
 */
export class Run {
  readonly #deps: RunWriterDeps;
  readonly #abort = new AbortController();
  #turn: TurnRecord;
  #queue: Promise<unknown> = Promise.resolve();
  #writing = 0;
  #failure: unknown;
  #buffer: StreamChunk[] = [];
  #seq = 0;
  #lastBatchAt = 0;
  #wakeQueuedFor = 0;
  #lastOwnedAt: number;
  #batchTimer: NodeJS.Timeout | undefined;
  #batchDue = 0;
  #released = false;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(deps: RunWriterDeps, turn: TurnRecord) {
    this.#deps = deps;
    this.#turn = turn;
    this.#lastOwnedAt = deps.now();
    this.#heartbeat = setInterval(() => this.#renewWhenSilent(), Math.min(500, deps.limits.renewAfterMs / 2));
    if (turn.stopRequest) this.#abort.abort(new RunAbort('stop'));
  }

  get turn(): TurnRecord {
    return this.#turn;
  }

  /** Aborted with a RunAbort when the run must come to its end. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get stopRequested(): boolean {
    return this.#turn.stopRequest !== undefined;
  }

  /** Where the log's next batch goes. */
  get nextPosition(): ChunkPosition {
    return { fence: this.#turn.fence, seq: this.#seq + 1 };
  }

  /**
   * Adds to the log: the first at once, text about every second, `urgent` chunks (steps, errors) at once. At once
   * means within a moment, so that tools that start or end together are one write.
   */
  emit(chunks: StreamChunk[], urgent = false): void {
    this.#buffer.push(...chunks);
    const now = this.#deps.now();
    const due = urgent ? now + GATHER_MS : Math.max(now, this.#lastBatchAt + this.#deps.limits.batchMs);
    if (this.#batchTimer && due >= this.#batchDue) return;
    clearTimeout(this.#batchTimer);
    this.#batchDue = due;
    this.#batchTimer = setTimeout(() => this.#writeBatch(), due - now);
  }

  /** Resolves when all that was emitted is stored. @throws the first write's failure (case K-10) */
  async flush(): Promise<void> {
    this.#writeBatch();
    await this.#queue;
    if (this.#failure) throw this.#failure;
  }

  /** Takes what was emitted and not yet written, for the batch of the closing transaction. */
  takeBuffer(): StreamChunk[] {
    clearTimeout(this.#batchTimer);
    this.#batchTimer = undefined;
    return this.#buffer.splice(0);
  }

  /**
   * One transaction under the fence: the turn's change and whatever belongs to it. All that was emitted before
   * is stored first.
   *
   * @throws TurnLostError when the turn is no longer this run's
   */
  async commit(transition: TurnTransition, change: TurnChange, actions: Action[] = []): Promise<void> {
    await this.flush();
    await this.#enqueue(async () => {
      const now = this.#deps.now();
      const { to } = turnTransitions[transition];
      const owned = to === 'running' && !change.remove?.includes('leaseUntil');
      const set = {
        ...change.set,
        state: to,
        updatedAt: now,
        ...(owned ? { leaseUntil: now + this.#deps.limits.leaseMs } : {}),
        // Handing the turn on: this fence's log ends here, so that the next run need not look for its end.
        ...(owned ? {} : { seals: { ...this.#turn.seals, [String(this.#turn.fence)]: this.#seq } }),
      };
      const remove = [...(change.remove ?? []), ...(owned ? [] : ['leaseUntil'])];
      const update: Update = {
        key: keys.turn(this.#turn.turnId),
        set,
        remove: [...new Set(remove)],
        condition: transitionCondition(transition, this.#turn.fence),
      };
      await this.#owned(async () => {
        if (actions.length === 0) this.#turn = await this.#deps.store.update<TurnRecord>(update);
        else {
          await this.#deps.store.transact([{ update }, ...actions]);
          const after: Record<string, unknown> = { ...this.#turn, ...set };
          for (const name of remove) delete after[name];
          this.#turn = { ...(after as Partial<TurnRecord>) } as TurnRecord;
        }
      });
      this.#lastOwnedAt = now;
      if (!owned) this.release();
    });
    if (this.#failure) throw this.#failure;
  }

  /** No lease is renewed from here on: the turn was handed on, or its end is being written. */
  release(): void {
    this.#released = true;
    clearInterval(this.#heartbeat);
  }

  /** Ends the run's own timers; what is queued is still written. */
  async close(): Promise<void> {
    this.release();
    clearTimeout(this.#batchTimer);
    await this.#queue;
  }

  abort(cause: AbortCause): void {
    this.#abort.abort(new RunAbort(cause));
  }

  #enqueue(write: () => Promise<void>): Promise<void> {
    this.#writing++;
    const done = this.#queue.then(async () => {
      try {
        if (!this.#failure) await write();
      } catch (error) {
        this.#failure ??= error;
        this.#abort.abort(new RunAbort(error instanceof TurnLostError ? 'lost' : 'write', { cause: error }));
      } finally {
        this.#writing--;
      }
    });
    this.#queue = done;
    return done;
  }

  #writeBatch(): void {
    const chunks = this.takeBuffer();
    if (chunks.length === 0) return;
    this.#lastBatchAt = this.#deps.now();
    const { turnId, fence } = this.#turn;
    const seq = ++this.#seq;
    void this.#enqueue(async () => {
      await this.#deps.store.put(chunkItem(turnId, { fence, seq }, chunks, this.#deps.now()));
      // A wake that is still to come finds this batch as well.
      if (this.#deps.now() < this.#wakeQueuedFor) return;
      this.#wakeQueuedFor = await requestWake(this.#deps, turnId, this.#deps.limits.debounceMs);
    });
  }

  /** Keeps the turn and learns of a stop or a takeover, whatever else the run is doing. */
  #renewWhenSilent(): void {
    if (this.#released || this.#writing > 0 || this.#failure) return;
    if (this.#deps.now() - this.#lastOwnedAt < this.#deps.limits.renewAfterMs) return;
    void this.#enqueue(async () => {
      if (this.#released) return;
      const now = this.#deps.now();
      await this.#owned(async () => {
        this.#turn = await this.#deps.store.update<TurnRecord>({
          key: keys.turn(this.#turn.turnId),
          set: { leaseUntil: now + this.#deps.limits.leaseMs },
          condition: transitionCondition('work', this.#turn.fence),
        });
      });
      this.#lastOwnedAt = now;
      if (this.#turn.stopRequest) this.#abort.abort(new RunAbort('stop'));
    });
  }

  async #owned(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      const lost =
        error instanceof ConditionFailedError ||
        (error instanceof TransactionRefusedError && error.failedAt(0));
      if (!lost) throw error;
      throw new TurnLostError(`Turn ${this.#turn.turnId} is no longer owned by fence ${this.#turn.fence}.`);
    }
  }
}
