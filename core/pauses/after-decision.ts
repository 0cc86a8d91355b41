import type { Log } from '../log.ts';
import { requestWake } from '../relay/wakes/request-wake.ts';
import type { SendWake } from '../relay/wakes/wake.ts';
import type { Limits } from '../settings.ts';
import { TransactionRefusedError } from '../store/errors.ts';
import type { Action } from '../store/store.ts';
import type { PauseRecord } from './record.ts';
import { type ResumeDeps, resumePause } from './resume.ts';
import { loadPause } from './store.ts';

export interface DecideDeps extends ResumeDeps {
  limits: Limits;
  sendWake: SendWake;
  log: Log;
}

/** Commits a decision. @returns false when the pause was changed since it was read */
export async function commitDecision(deps: DecideDeps, actions: readonly Action[]): Promise<boolean> {
  try {
    await deps.store.transact(actions);
    return true;
  } catch (error) {
    if (error instanceof TransactionRefusedError) return false;
    throw error;
  }
}

/**
 * What follows a decision: the one that left nothing open resumes the turn, then the relay is woken so that the
 * card shows it. The token may have been stored while the decision was made, so the record is read again.
 */
export async function afterDecision(deps: DecideDeps, after: PauseRecord): Promise<void> {
  if (after.state === 'decided')
    await attempt(deps, after, 'decision not delivered', async () => {
      const stored = await loadPause(deps.store, after.pauseId);
      if (stored) await resumePause(deps, stored);
    });
  await attempt(deps, after, 'relay not woken', () => requestWake(deps, after.turnId, 0));
}

/** The decision stands whatever becomes of what follows it: the sweep repeats that. */
export async function attempt(
  deps: DecideDeps,
  { pauseId, turnId }: PauseRecord,
  failure: string,
  act: () => Promise<unknown>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    deps.log.error(failure, { pauseId, turnId, error });
  }
}
