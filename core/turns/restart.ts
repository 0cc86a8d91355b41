import { ConditionFailedError } from '../store/errors.ts';
import { checkAt, keys } from '../store/keys.ts';
import type { EndDeps } from './end-turn.ts';
import type { TurnRecord } from './record.ts';
import { failTurn } from './settle.ts';
import { transitionCondition } from './transitions.ts';

/** A turn that had to be started this often has something wrong with it that another start will not mend. */
const EPOCHS = 5;
const GIVEN_UP = 'I could not get this going, although I tried several times. Please ask again.';

/**
 * Starts a turn again whose execution is gone or has lost its way, under a higher epoch, so that only one start
 * counts: whatever runs under the former one finds that out when it wakes, and leaves. After several starts the
 * turn is ended with a sentence. Each start is given twice the time of the one before it.
 */
export async function restartTurn(deps: EndDeps, turn: TurnRecord): Promise<void> {
  if (turn.epoch >= EPOCHS) {
    await failTurn(deps, turn, GIVEN_UP);
    return;
  }
  const now = deps.now();
  const next = checkAt(turn.turnId, now + deps.limits.startCheckMs * 2 ** turn.epoch);
  try {
    const raised = await deps.store.update<TurnRecord>({
      key: keys.turn(turn.turnId),
      // A paused turn is looked after by its pause.
      set: { updatedAt: now, ...(turn.state === 'paused' ? {} : next) },
      add: { epoch: 1 },
      condition: transitionCondition('restart', turn.fence, {
        expression: '#epoch = :epoch AND #state = :state',
        values: { ':epoch': turn.epoch, ':state': turn.state },
      }),
    });
    await deps.executions.start(raised.turnId, raised.epoch);
  } catch (error) {
    // It moved on its own in between: that is all one could wish for.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}
