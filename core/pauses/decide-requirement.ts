import { afterDecision, attempt, commitDecision, type DecideDeps } from './after-decision.ts';
import { type DecisionPlan, type DecisionRequest, decideRow } from './decide.ts';
import { wholeReason } from './reason.ts';
import type { Decision, PauseRecord } from './record.ts';
import { isDeliveryDue, redeliverPause } from './resume.ts';
import { auditAction, decisionAction, loadPause, recordRefusal } from './store.ts';

export type { DecideDeps } from './after-decision.ts';

export type DecideOutcome =
  | { outcome: 'decided'; decision: Decision; pause: PauseRecord }
  | { outcome: 'already'; decision: Decision; pause: PauseRecord }
  | { outcome: 'refused'; reason: 'not_allowed' | 'expired' | 'closed'; pause: PauseRecord }
  /** No such pause or row, or it is another workspace's: the same for whoever asks. */
  | { outcome: 'unknown' }
  /** Others decided rows of the same pause at every try: pressing again will do. */
  | { outcome: 'busy' };

/** What stands in the way of deciding a row, and nothing else happened. */
type NotDecided = Exclude<DecideOutcome, { outcome: 'decided' | 'busy' }>;

/** Rivals of one row are told apart at the second try; rows of one pause decided at once need more. */
const ROUNDS = 5;

/**
 * Decides one row through any door: one transaction of META at the version read and the audit record. Refused by
 * a rival, it reads and decides again, so that the loser learns the winner's answer. The decision that leaves
 * nothing open resumes the turn, then wakes the relay; neither's failure undoes it, the sweep repeats the resume.
 * A reason is kept whole in the audit record, its beginning in META.
 *
 * @throws what the store throws beyond refusals; nothing was decided then
 */
export async function decideRequirement(
  deps: DecideDeps,
  request: DecisionRequest & { pauseId: string },
): Promise<DecideOutcome> {
  const reason = wholeReason(request.reason);
  for (let round = 0; round < ROUNDS; round++) {
    const pause = await loadPause(deps.store, request.pauseId);
    if (!pause) return { outcome: 'unknown' };
    const plan = decideRow(pause, request);
    if (plan.kind !== 'decide') return answerWithoutDecision(deps, pause, plan, request);
    const { row, by: actor, answer: action, door, at } = request;
    const { version } = plan.after;
    const committed = await commitDecision(deps, [
      decisionAction(pause, plan.after, deps.limits.resumeCheckMs, 'in-time'),
      auditAction(pause, { version, row, actor, action, door, at, ...(reason ? { reason } : {}) }),
    ]);
    if (!committed) continue;
    await afterDecision(deps, plan.after);
    return { outcome: 'decided', decision: plan.decision, pause: plan.after };
  }
  return { outcome: 'busy' };
}

/**
 * Whether somebody could decide a row now, for a door that asks for more before it decides. Nothing is decided; what
 * stands in the way is told, written down and mended as by `decideRequirement`.
 */
export async function examineRequirement(
  deps: DecideDeps,
  request: DecisionRequest & { pauseId: string },
): Promise<{ outcome: 'open'; pause: PauseRecord } | NotDecided> {
  const pause = await loadPause(deps.store, request.pauseId);
  if (!pause) return { outcome: 'unknown' };
  const plan = decideRow(pause, request);
  if (plan.kind === 'decide') return { outcome: 'open', pause };
  return answerWithoutDecision(deps, pause, plan, request);
}

async function answerWithoutDecision(
  deps: DecideDeps,
  pause: PauseRecord,
  plan: Exclude<DecisionPlan, { kind: 'decide' }>,
  { row, by: actor, door, at }: DecisionRequest,
): Promise<NotDecided> {
  if (plan.kind === 'already') {
    // Somebody presses because nothing seems to happen: the decision may not have arrived.
    if (isDeliveryDue(pause, deps.now(), deps.limits.resumeCheckMs))
      await attempt(deps, pause, 'decision not delivered again', () => redeliverPause(deps, pause));
    return { outcome: 'already', decision: plan.decision, pause };
  }
  if (plan.reason === 'unknown') return { outcome: 'unknown' };
  if (plan.reason === 'not_allowed') await recordRefusal(deps.store, pause, { row, actor, door, at });
  return { outcome: 'refused', reason: plan.reason, pause };
}
