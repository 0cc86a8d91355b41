import type { Log } from '../log.ts';
import { requestWake } from '../relay/wakes/request-wake.ts';
import type { SendWake } from '../relay/wakes/wake.ts';
import type { Limits } from '../settings.ts';
import { ConditionFailedError, TransactionRefusedError } from '../store/errors.ts';
import { type Key, keys } from '../store/keys.ts';
import type { Action, Store, Update } from '../store/store.ts';
import { chunkItem, piecesOf } from '../stream/chunk-item.ts';
import type { ChunkPosition, StreamChunk } from '../stream/chunks.ts';
import type { TurnRecord } from './record.ts';
import { type TurnTransition, transitionCondition, turnEvents } from './transitions.ts';

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

/**
 * How often a silent run looks whether its lease is due. With `renewAfterMs` and the time that an abandoned tool is
 * given, a stop takes effect within three seconds.
 */
const CHECK_MS = 250;

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
  readonly #beganAt: number;
  readonly #workedBefore: number;
  #batchTimer: NodeJS.Timeout | undefined;
  #batchDue = 0;
  #released = false;
  #logClosed = false;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(deps: RunWriterDeps, turn: TurnRecord) {
    this.#deps = deps;
    this.#turn = turn;
    this.#beganAt = deps.now();
    this.#lastOwnedAt = this.#beganAt;
    this.#workedBefore = turn.workedMs ?? 0;
    this.#heartbeat = setInterval(
      () => this.#renewWhenSilent(),
      Math.min(CHECK_MS, deps.limits.renewAfterMs / 2),
    );
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

  /** How long runs of this turn have worked in all, milliseconds. */
  get workedMs(): number {
    return this.#workedBefore + this.#deps.now() - this.#beganAt;
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
    if (this.#logClosed || this.#released) return;
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

  /**
   * Writes a record that stands beside the turn's own (what a model call used). It goes out in order with the
   * others; a failure is logged and ends nothing.
   */
  note(item: Key & object): void {
    const { store, log } = this.#deps;
    void this.#enqueue(async () => {
      try {
        await store.put(item);
      } catch (error) {
        log.warn('a note was not stored', { turnId: this.#turn.turnId, sk: item.sk, error });
      }
    });
  }

  /**
   * Ends the log: what is emitted from here on (by what goes on beside the turn) is left out, for the place behind
   * this is the end's own. @returns what was emitted and not yet written, for the batch of the closing transaction,
   * if one item holds it
   */
  closeLog(): StreamChunk[] {
    this.#logClosed = true;
    return piecesOf(this.#buffer).length > 1 ? [] : this.#takeBuffer();
  }

  /**
   * One transaction under the fence: the turn's change and whatever belongs to it. All that was emitted before
   * is stored first. Pausing and backing off are refused when a stop was asked for meanwhile: nobody would act on
   * it until the turn went on.
   *
   * @returns false when a stop stood in the way; nothing was written then
   * @throws TurnLostError when the turn is no longer this run's
   */
  async commit(transition: TurnTransition, change: TurnChange, actions: Action[] = []): Promise<boolean> {
    await this.flush();
    let stopped = false;
    await this.#enqueue(async () => {
      const now = this.#deps.now();
      const { to } = turnEvents[transition];
      const owned = to === 'running' && !change.remove?.includes('leaseUntil');
      const set = {
        ...change.set,
        state: to,
        updatedAt: now,
        workedMs: this.workedMs,
        ...(owned ? { leaseUntil: now + this.#deps.limits.leaseMs } : {}),
        // Handing the turn on: this fence's log ends here, so that the next run need not look for its end.
        ...(owned ? {} : { seals: { ...this.#turn.seals, [String(this.#turn.fence)]: this.#seq } }),
      };
      const remove = [...(change.remove ?? []), ...(owned ? [] : ['leaseUntil'])];
      const update: Update = {
        key: keys.turn(this.#turn.turnId),
        set,
        remove: [...new Set(remove)],
        condition: transitionCondition(
          transition,
          this.#turn.fence,
          to === 'running' ? undefined : { expression: 'attribute_not_exists(#stopRequest)' },
        ),
      };
      stopped = await this.#unlessStopped(async () => {
        if (actions.length === 0) {
          this.#turn = await this.#deps.store.update<TurnRecord>(update);
          this.#lastOwnedAt = now;
        } else {
          // Not read back, so the renewal's clock runs on: it is how a stop becomes known.
          await this.#deps.store.transact([{ update }, ...actions]);
          const after: Record<string, unknown> = { ...this.#turn, ...set };
          for (const name of remove) delete after[name];
          this.#turn = { ...(after as Partial<TurnRecord>) } as TurnRecord;
        }
      });
      if (!owned && !stopped) this.release();
    });
    if (this.#failure) throw this.#failure;
    return !stopped;
  }

  /** No lease is renewed from here on: the turn was handed on, or its end is being written. */
  release(): void {
    this.#released = true;
    clearInterval(this.#heartbeat);
  }

  /** Ends the run's own timers; what is queued is still written. */
  async close(): Promise<void> {
    this.release();
    // A run that ends by an error nobody foresaw still leaves what it had to say.
    if (!this.#failure) this.#writeBatch();
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

  #takeBuffer(): StreamChunk[] {
    clearTimeout(this.#batchTimer);
    this.#batchTimer = undefined;
    return this.#buffer.splice(0);
  }

  #writeBatch(): void {
    const chunks = this.#takeBuffer();
    if (chunks.length === 0) return;
    this.#lastBatchAt = this.#deps.now();
    const { turnId, fence } = this.#turn;
    for (const piece of piecesOf(chunks)) {
      const seq = ++this.#seq;
      void this.#enqueue(() =>
        this.#deps.store.put(chunkItem(turnId, { fence, seq }, piece, this.#deps.now())),
      );
    }
    void this.#enqueue(() => this.#wakeRelay());
  }

  /** What is stored will be shown sooner or later: a wake that cannot be sent is no failure of the run (T-34). */
  async #wakeRelay(): Promise<void> {
    const { turnId } = this.#turn;
    // A wake that is still to come finds this batch as well.
    if (this.#deps.now() < this.#wakeQueuedFor) return;
    try {
      this.#wakeQueuedFor = await requestWake(this.#deps, turnId, this.#deps.limits.debounceMs);
    } catch (error) {
      this.#deps.log.warn('the relay was not woken; the next batch or the sweep will', { turnId, error });
    }
  }

  /** Keeps the turn and learns of a stop or a takeover, whatever else the run is doing. */
  #renewWhenSilent(): void {
    if (this.#released || this.#writing > 0 || this.#failure) return;
    if (this.#deps.now() - this.#lastOwnedAt < this.#deps.limits.renewAfterMs) return;
    void this.#enqueue(async () => {
      if (this.#released) return;
      const now = this.#deps.now();
      await this.#unlessStopped(async () => {
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

  /** @returns whether nothing but a stop request refused the write; the run has learned of it then */
  async #unlessStopped(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return false;
    } catch (error) {
      const refused = refusedTurn(error);
      if (!refused) throw error;
      const { fence, turnId } = this.#turn;
      if (refused.turn?.fence === fence && refused.turn.state === 'running' && refused.turn.stopRequest) {
        this.#turn = refused.turn;
        return true;
      }
      throw new TurnLostError(`Turn ${turnId} is no longer owned by fence ${fence}.`);
    }
  }
}

/** What stood in the way of a write to the turn, when its condition did not hold. */
function refusedTurn(error: unknown): { turn: TurnRecord | undefined } | undefined {
  if (error instanceof ConditionFailedError) return { turn: error.item as TurnRecord | undefined };
  if (error instanceof TransactionRefusedError && error.failedAt(0))
    return { turn: error.actions[0]?.item as TurnRecord | undefined };
  return undefined;
}
