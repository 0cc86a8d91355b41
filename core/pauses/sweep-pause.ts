import { afterDecision, commitDecision, type DecideDeps } from './after-decision.ts';
import { hasExpired, openRows, withOpenRows } from './decide.ts';
import type { Decision, PauseRecord } from './record.ts';
import { auditAction, decisionAction, loadPause } from './store.ts';

export { redeliverPause } from './resume.ts';
export type SweepPauseDeps = DecideDeps;

/** Rivals of an expiry are clicks that came in time; there are no more of them than rows. */
const ROUNDS = 5;
const NOBODY = 'expiry';

/**
 * Denies what nobody decided in time. A click that races with it is claimed by one of the two.
 *
 * @returns whether this call closed the pause
 */
export async function expirePause(
  deps: SweepPauseDeps,
  { pauseId }: Pick<PauseRecord, 'pauseId'>,
): Promise<boolean> {
  for (let round = 0; round < ROUNDS; round++) {
    const pause = await loadPause(deps.store, pauseId);
    const now = deps.now();
    if (!pause || !hasExpired(pause, now)) return false;
    const decision: Decision = { answer: 'denied', by: NOBODY, at: now, cause: 'expiry' };
    const after = withOpenRows(pause, decision);
    const audits = openRows(pause).map((row, n) =>
      auditAction(pause, {
        version: pause.version + 1 + n,
        row,
        actor: NOBODY,
        action: 'expired',
        door: 'sweep',
        at: now,
      }),
    );
    const update = decisionAction(pause, after, deps.limits.resumeCheckMs, 'any-time');
    if (!(await commitDecision(deps, [update, ...audits]))) continue;
    await afterDecision(deps, after);
    return true;
  }
  return false;
}
