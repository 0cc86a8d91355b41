import type { PauseRecord } from '../pauses/record.ts';
import { expirePause, redeliverPause, type SweepPauseDeps } from '../pauses/sweep-pause.ts';
import type { RelayRecord } from '../relay/record.ts';
import { sweepRelay } from '../relay/sweep-relay.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { checkAt, checkPartitions, type Key, keys } from '../store/keys.ts';
import type { EndDeps } from './end-turn.ts';
import type { TurnRecord } from './record.ts';
import { failTurn } from './settle.ts';
import { hasEnded } from './transitions.ts';

export type SweepDeps = EndDeps & SweepPauseDeps;

/** What one sweep found due and did about it. */
export interface Swept {
  due: number;
  failed: number;
}

/** A turn that had to be started this often has something wrong with it that another start will not mend. */
const EPOCHS = 5;
const PER_PARTITION = 100;

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
      }
    }
  }
  return swept;
}

/** The index may lag behind: the record itself says what is to be done. */
async function look(deps: SweepDeps, key: Key): Promise<void> {
  const record = await deps.store.get<Key & { gsi3sk?: string }>({ pk: key.pk, sk: key.sk });
  if (!record?.gsi3sk || Date.parse(record.gsi3sk) > deps.now()) return;
  if (key.pk.startsWith('PAUSE#')) {
    const pause = record as Key & PauseRecord;
    await (pause.state === 'open' ? expirePause(deps, pause) : redeliverPause(deps, pause));
  } else if (key.sk === 'SLACK') await sweepRelay(deps, record as Key & RelayRecord);
  else if (key.pk.startsWith('TURN#') && key.sk === 'META') await sweepTurn(deps, record as Key & TurnRecord);
}

/** Starts a turn again that should be running and is not: under a higher epoch, so that only one start counts. */
export async function sweepTurn(deps: EndDeps, turn: TurnRecord): Promise<void> {
  if (hasEnded(turn) || turn.state === 'paused') return;
  const now = deps.now();
  if (turn.leaseUntil !== undefined && turn.leaseUntil > now) {
    await postpone(deps, turn);
    return;
  }
  if (turn.epoch >= EPOCHS) {
    await failTurn(
      deps,
      turn,
      'I could not get this going, although I tried several times. Please ask again.',
    );
    return;
  }
  try {
    const raised = await deps.store.update<TurnRecord>({
      key: keys.turn(turn.turnId),
      set: { updatedAt: now, ...checkAt(turn.turnId, now + deps.limits.startCheckMs) },
      add: { epoch: 1 },
      condition: {
        expression: '#epoch = :epoch AND #fence = :fence AND #state = :state',
        values: { ':epoch': turn.epoch, ':fence': turn.fence, ':state': turn.state },
      },
    });
    await deps.executions.start(raised.turnId, raised.epoch);
  } catch (error) {
    // It moved on its own in between: that is all one could wish for.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}

async function postpone(deps: EndDeps, turn: TurnRecord): Promise<void> {
  await deps.store.update({
    key: keys.turn(turn.turnId),
    set: checkAt(turn.turnId, deps.now() + deps.limits.startCheckMs),
    condition: { expression: '#fence = :fence', values: { ':fence': turn.fence } },
  });
}
