import type { Log } from '../log.ts';
import { consumePauseAction, loadPause } from '../pauses/store.ts';
import type { Limits } from '../settings.ts';
import { ConditionFailedError, TransactionRefusedError } from '../store/errors.ts';
import { checkAt, keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import { lastSequence } from '../stream/read-log.ts';
import type { RunInput, RunRoute, TurnRecord } from './record.ts';
import { eventCondition, hasEnded, transitionCondition } from './transitions.ts';

export interface BeginDeps {
  store: Store;
  now: () => number;
  limits: Limits;
  log: Log;
}

/** A run either owns the turn now, or learns where the state machine goes without it. */
export type Begun =
  | {
      turn: TurnRecord;
      /** After a pause. */
      resumed: boolean;
      /** The run before broke off: the log may lack what it had stored already. */
      recovered: boolean;
    }
  | { route: RunRoute };

/** The state machine waits in whole seconds: a moment early is on time. */
const EARLY_MS = 1_000;

/** The sweep looks at a running turn again after its run's longest life. */
const RUN_CHECK_MS = 17 * 60_000;

function ownership(deps: BeginDeps, turnId: string) {
  const now = deps.now();
  return {
    state: 'running',
    leaseUntil: now + deps.limits.leaseMs,
    updatedAt: now,
    ...checkAt(turnId, now + RUN_CHECK_MS),
  };
}

/**
 * Takes the next fence of a turn, so that whatever ran before can write no more. A turn whose lease is held by
 * a living run is not taken: the state machine comes back when the lease is over.
 */
export async function beginTurn(deps: BeginDeps, input: RunInput): Promise<Begun> {
  const { turnId, epoch } = input;
  try {
    const turn = await deps.store.update<TurnRecord>({
      key: keys.turn(turnId),
      set: ownership(deps, turnId),
      remove: ['waitUntil'],
      add: { fence: 1 },
      condition: eventCondition('begin', {
        expression:
          '#epoch = :epoch AND (attribute_not_exists(#leaseUntil) OR #leaseUntil <= :now) AND (attribute_not_exists(#waitUntil) OR #waitUntil <= :soon)',
        values: { ':epoch': epoch, ':now': deps.now(), ':soon': deps.now() + EARLY_MS },
      }),
    });
    const sealed = await sealFormerFences(deps, turn);
    return { turn: sealed, resumed: false, recovered: sealed !== turn };
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    return withoutFence(deps, input, error.item as TurnRecord | undefined);
  }
}

/** Why the fence was not given, and what follows. */
async function withoutFence(deps: BeginDeps, input: RunInput, turn: TurnRecord | undefined): Promise<Begun> {
  const { turnId, epoch } = input;
  const leave: Begun = { route: { v: 1, turnId, epoch, route: 'done' } };
  if (!turn) {
    deps.log.error('turn not found: nothing to run', { turnId });
    return leave;
  }
  if (hasEnded(turn) || turn.epoch !== epoch) return leave;
  if (turn.state === 'paused') return resumeTurn(deps, input, turn);
  // A lease that is held, or a wait that is longer than one Wait state may be.
  const waitMs = Math.max(turn.leaseUntil ?? 0, turn.waitUntil ?? 0) - deps.now();
  const waitSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return { route: { v: 1, turnId, epoch, route: 'backoff', waitSeconds } };
}

/**
 * Goes on after a pause: consuming the decision and taking the turn are one transaction, so a decision is
 * acted on once. A pause that is still open sends the state machine back to wait.
 */
async function resumeTurn(deps: BeginDeps, input: RunInput, turn: TurnRecord): Promise<Begun> {
  const { turnId, epoch } = input;
  const pause = turn.pauseId ? await loadPause(deps.store, turn.pauseId) : undefined;
  if (!pause) throw new Error(`Turn ${turnId} is paused, but its pause is gone.`);
  if (pause.state === 'open')
    return { route: { v: 1, turnId, epoch, route: 'pause', pauseId: pause.pauseId } };
  try {
    await deps.store.transact([
      {
        update: {
          key: keys.turn(turnId),
          set: ownership(deps, turnId),
          add: { fence: 1 },
          condition: transitionCondition('resume', turn.fence, {
            expression: '#epoch = :epoch',
            values: { ':epoch': epoch },
          }),
        },
      },
      consumePauseAction(pause, deps.now()),
    ]);
  } catch (error) {
    if (!(error instanceof TransactionRefusedError)) throw error;
    // Somebody else took the turn or ended it in between: look again.
    return beginTurn(deps, input);
  }
  const resumed = await deps.store.get<TurnRecord>(keys.turn(turnId));
  if (!resumed) throw new Error(`Turn ${turnId} vanished while it was resumed.`);
  return { turn: resumed, resumed: true, recovered: false };
}

/**
 * Takes a turn from outside, whatever its lease says: for an end that no run can write any more.
 *
 * @returns the turn under the new fence, or undefined when it has ended or moved meanwhile
 */
export async function takeOverTurn(deps: BeginDeps, turn: TurnRecord): Promise<TurnRecord | undefined> {
  if (hasEnded(turn)) return undefined;
  try {
    const taken = await deps.store.update<TurnRecord>({
      key: keys.turn(turn.turnId),
      set: { updatedAt: deps.now(), leaseUntil: deps.now() + deps.limits.leaseMs },
      add: { fence: 1 },
      condition: transitionCondition('takeOver', turn.fence),
    });
    return await sealFormerFences(deps, taken);
  } catch (error) {
    if (error instanceof ConditionFailedError) return undefined;
    throw error;
  }
}

/** After a crash the former fence's end is not known: find it, and make it known to all readers. */
async function sealFormerFences(deps: BeginDeps, turn: TurnRecord): Promise<TurnRecord> {
  const seals = { ...turn.seals };
  for (let fence = 1; fence < turn.fence; fence++)
    if (seals[String(fence)] === undefined)
      seals[String(fence)] = await lastSequence(deps.store, turn.turnId, fence);
  if (Object.keys(seals).length === Object.keys(turn.seals).length) return turn;
  return deps.store.update<TurnRecord>({
    key: keys.turn(turn.turnId),
    set: { seals },
    add: { crashes: 1 },
    condition: transitionCondition('seal', turn.fence),
  });
}
