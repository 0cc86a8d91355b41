import { TOKEN_CHECK_MS } from '../pauses/new-pause.ts';
import type { PauseRecord } from '../pauses/record.ts';
import { expirePause, redeliverPause, type SweepPauseDeps } from '../pauses/sweep-pause.ts';
import type { RelayRecord } from '../relay/record.ts';
import { sweepRelay } from '../relay/wakes/sweep-relay.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { checkAt, checkPartitions, type Key, keys } from '../store/keys.ts';
import type { EndDeps } from './end-turn.ts';
import type { TurnRecord } from './record.ts';
import { restartTurn } from './restart.ts';
import { eventCondition, hasEnded } from './transitions.ts';

export type SweepDeps = EndDeps & SweepPauseDeps;

/** What one sweep found due and did about it. */
export interface Swept {
  due: number;
  failed: number;
}

const PER_PARTITION = 100;
/** A record that could not be repaired makes room for others until then. */
const FAILED_AGAIN_MS = 300_000;

/**
 * Looks at what is due (`checkAt`) and repairs what a crash left: turns nobody runs, decisions that did not
 * arrive, relays that stopped, pauses that expired. Its cost follows what is due, not what waits. One record that
 * cannot be repaired does not keep the others from it.
 */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  const swept: Swept = { due: 0, failed: 0 };
  const until = new Date(deps.now()).toISOString();
  for (const partition of checkPartitions) {
    const due = await deps.store.queryIndex<Key>('gsi3', partition, until, PER_PARTITION);
    for (const key of due) {
      swept.due++;
      try {
        await look(deps, key);
      } catch (error) {
        swept.failed++;
        deps.log.error('the sweep could not repair a record', { pk: key.pk, sk: key.sk, error });
        await postpone(deps, key, FAILED_AGAIN_MS);
      }
    }
  }
  return swept;
}

/** The index may lag behind: the record itself says what is to be done. */
async function look(deps: SweepDeps, key: Key): Promise<void> {
  const record = await deps.store.get<Key & { gsi3sk?: string }>({ pk: key.pk, sk: key.sk });
  if (!record?.gsi3sk || Date.parse(record.gsi3sk) > deps.now()) return;
  if (key.pk.startsWith('PAUSE#')) await sweepPause(deps, record as Key & PauseRecord);
  else if (key.sk === 'SLACK') await sweepRelay(deps, record as Key & RelayRecord);
  else if (key.pk.startsWith('TURN#') && key.sk === 'META') await sweepTurn(deps, record as Key & TurnRecord);
}

/**
 * A pause that is due has expired, or its end did not arrive. Where neither helps, its execution has lost the
 * token: another one, under a higher epoch, comes to the same pause and waits with a new token, or goes on.
 */
async function sweepPause(deps: SweepDeps, pause: Key & PauseRecord): Promise<void> {
  if (pause.state !== 'open') {
    await redeliverPause(deps, pause);
    const decidedAt = Math.max(...pause.rows.map((row) => row.decision?.at ?? 0));
    if (pause.state === 'decided' && deps.now() - decidedAt >= TOKEN_CHECK_MS)
      await restartPaused(deps, pause);
  } else if (!(await expirePause(deps, pause))) {
    const starts = pause.taskToken ? 0 : await restartPaused(deps, pause);
    await postpone(deps, pause, TOKEN_CHECK_MS * 2 ** starts);
  }
}

/** @returns how often the turn had been started before */
async function restartPaused(deps: SweepDeps, pause: PauseRecord): Promise<number> {
  const turn = await deps.store.get<TurnRecord>(keys.turn(pause.turnId));
  if (turn?.state !== 'paused' || turn.pauseId !== pause.pauseId) return 0;
  await restartTurn(deps, turn);
  return turn.epoch;
}

/** Starts a turn again that should be running and is not. */
async function sweepTurn(deps: SweepDeps, turn: Key & TurnRecord): Promise<void> {
  if (hasEnded(turn) || turn.state === 'paused') return;
  if (turn.leaseUntil !== undefined && turn.leaseUntil > deps.now())
    return postpone(deps, turn, deps.limits.startCheckMs);
  // The same start again: it succeeds while the execution runs and waits for its turn (on AWS), or when it was
  // never made. A name that is taken by an execution that is over needs a new one.
  if (turn.state === 'starting' && (await deps.executions.start(turn.turnId, turn.epoch)) === 'started')
    return postpone(deps, turn, deps.limits.startCheckMs);
  return restartTurn(deps, turn);
}

async function postpone(deps: SweepDeps, key: Key, byMs: number): Promise<void> {
  const id = key.pk.slice(key.pk.indexOf('#') + 1);
  const looked = { expression: 'attribute_exists(#gsi3pk)' };
  const isTurn = key.pk === keys.turn(id).pk && key.sk === keys.turn(id).sk;
  try {
    await deps.store.update({
      key,
      set: checkAt(id, deps.now() + byMs),
      condition: isTurn ? eventCondition('postpone', looked) : looked,
    });
  } catch (error) {
    // Nobody is to look at it any more.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}
