import { randomUUID } from 'node:crypto';
import { ConditionFailedError, TransactionRefusedError } from '../store/errors.ts';
import { type Key, keys } from '../store/keys.ts';
import type { RelayDeps } from './deps.ts';
import type { RelayRecord } from './record.ts';

/** Another relay has the turn: what this one still wanted to write is refused, and it leaves. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

type LeaseDeps = Pick<RelayDeps, 'store' | 'now' | 'limits'>;
type Change = { [K in keyof RelayRecord]?: RelayRecord[K] | undefined };

const LEASE: readonly (keyof RelayRecord)[] = ['leaseOwner', 'leaseUntil'];

/**
 * `closed`: nothing is left to do. `held`: another relay works on the turn until then; `guardAt` is the guard that
 * it has queued, as far as the record knows.
 */
export type LeaseRefusal =
  | { refused: 'closed' }
  | { refused: 'held'; owner: string; until: number; guardAt: number | undefined };

/**
 * Takes a turn's lease. The same write clears `wakeAt`, before any chunk is read: whoever stores a chunk from now
 * on sends a wake of his own.
 */
export async function takeLease(deps: LeaseDeps, turnId: string): Promise<HeldRelay | LeaseRefusal> {
  const now = deps.now();
  const owner = randomUUID();
  try {
    const record = await deps.store.update<RelayRecord>({
      key: keys.relay(turnId),
      set: { leaseOwner: owner, leaseUntil: now + deps.limits.relayLeaseMs },
      remove: ['wakeAt', 'again'],
      condition: {
        expression:
          'attribute_exists(#pk) AND attribute_not_exists(#closedAt) AND (attribute_not_exists(#leaseUntil) OR #leaseUntil < :now)',
        values: { ':now': now },
      },
    });
    return new HeldRelay(deps, record, owner);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const holder = error.item as RelayRecord | undefined;
    if (!holder || holder.closedAt !== undefined || !holder.leaseOwner) return { refused: 'closed' };
    const { leaseOwner, leaseUntil = now, guardAt } = holder;
    return { refused: 'held', owner: leaseOwner, until: leaseUntil, guardAt };
  }
}

/**
 * Tells the relay that holds the lease to look once more before it leaves.
 *
 * @returns false when it has left already
 */
export async function markAgain(deps: LeaseDeps, turnId: string, owner: string): Promise<boolean> {
  try {
    await deps.store.update({
      key: keys.relay(turnId),
      set: { again: true },
      condition: { expression: '#leaseOwner = :owner', values: { ':owner': owner } },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

/**
 * A turn's relay record in the hands of the one relay that may write it. Changes gather in memory and go out with
 * the next write, so that the state after one call and the mark before the next are one write. Every write renews
 * the lease and is refused once it is lost.
 */
export class HeldRelay {
  readonly #deps: LeaseDeps;
  readonly #owner: string;
  #record: RelayRecord;
  #set: Change = {};

  constructor(deps: LeaseDeps, record: RelayRecord, owner: string) {
    this.#deps = deps;
    this.#record = record;
    this.#owner = owner;
  }

  /** The record with all gathered changes. */
  get record(): RelayRecord {
    return this.#record;
  }

  /** Gathers changes; `undefined` removes an attribute. */
  change(change: Change): void {
    this.#set = { ...this.#set, ...change };
    this.#record = applied(this.#record, change);
  }

  /** Writes what was gathered and renews the lease. @throws LeaseLostError */
  async save(): Promise<void> {
    await this.#write({ leaseUntil: this.#deps.now() + this.#deps.limits.relayLeaseMs }, []);
  }

  /**
   * Stores an item of the turn beside the record, while the lease is this relay's: one that was held up in a call
   * writes over nothing that its successor wrote.
   *
   * @throws LeaseLostError
   */
  async put(item: Key & object): Promise<void> {
    const key = keys.relay(this.#record.turnId);
    const mine = { expression: '#leaseOwner = :me', values: { ':me': this.#owner } };
    try {
      await this.#deps.store.transact([{ put: item }, { check: key, condition: mine }]);
    } catch (error) {
      if (!(error instanceof TransactionRefusedError)) throw error;
      throw new LeaseLostError(`The relay of turn ${this.#record.turnId} lost its lease.`, { cause: error });
    }
  }

  /**
   * Writes what was gathered and gives the lease back, unless a wake came meanwhile: then the lease stays, the mark
   * and `wakeAt` are cleared, and the log must be read again.
   *
   * @returns the record as it stands afterwards, or undefined when it is to be looked at again
   */
  async release(): Promise<RelayRecord | undefined> {
    const gathered = this.#set;
    try {
      return await this.#write({}, LEASE, 'attribute_not_exists(#again)');
    } catch (error) {
      if (!(error instanceof LeaseLostError) || !this.#isMine(error.cause)) throw error;
    }
    const { wakeAt: _cleared, ...kept } = gathered;
    this.#set = kept;
    await this.#write({ leaseUntil: this.#deps.now() + this.#deps.limits.relayLeaseMs }, ['again', 'wakeAt']);
    return undefined;
  }

  /** Gives the lease back whatever came meanwhile; whoever calls it has sent a wake. @throws LeaseLostError */
  async abandon(): Promise<void> {
    await this.#write({}, [...LEASE, 'again']);
  }

  #isMine(cause: unknown): boolean {
    return cause instanceof ConditionFailedError && cause.item?.leaseOwner === this.#owner;
  }

  async #write(
    more: Change,
    remove: readonly (keyof RelayRecord)[],
    condition?: string,
  ): Promise<RelayRecord> {
    const changes = Object.entries({ ...this.#set, ...more });
    const removed = changes.filter(([, value]) => value === undefined).map(([name]) => name);
    try {
      const after = await this.#deps.store.update<RelayRecord>({
        key: keys.relay(this.#record.turnId),
        set: Object.fromEntries(changes.filter(([, value]) => value !== undefined)),
        remove: [...removed, ...remove],
        condition: {
          expression: `#leaseOwner = :me${condition ? ` AND ${condition}` : ''}`,
          values: { ':me': this.#owner },
        },
      });
      this.#set = {};
      this.#record = after;
      return after;
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      throw new LeaseLostError(`The relay of turn ${this.#record.turnId} lost its lease.`, { cause: error });
    }
  }
}

function applied(record: RelayRecord, change: Change): RelayRecord {
  const after = { ...record };
  for (const [name, value] of Object.entries(change))
    if (value === undefined) Reflect.deleteProperty(after, name);
    else Reflect.set(after, name, value);
  return after;
}
