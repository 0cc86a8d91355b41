import type { DecideOutcome } from './decide-requirement.ts';
import { isReasonOf } from './reason.ts';
import type { Decision } from './record.ts';

/** What somebody wanted: a click's answer, a form's with its reason. */
interface Wish extends Pick<Decision, 'answer' | 'by'> {
  reason?: string;
}

/**
 * What the one who decided is told, for their eyes only; undefined when the card says it all. The loser of a race
 * learns who decided and what.
 */
export function decisionNotice(outcome: DecideOutcome, wish: Wish): string | undefined {
  if (outcome.outcome === 'decided') return undefined;
  return outcome.outcome === 'already' && isSame(outcome.decision, wish) ? undefined : whyNotDecided(outcome);
}

/** A double click of the winner, or their form sent again because its answer got lost, is no news (case G-38). */
function isSame(decision: Decision, { answer, by, reason }: Wish): boolean {
  if (decision.by !== by || decision.answer !== answer) return false;
  return reason === undefined || isReasonOf(decision, reason);
}

/** Why somebody's decision was not taken, as a sentence for them: who decided before, or what stands in the way. */
export function whyNotDecided(outcome: Exclude<DecideOutcome, { outcome: 'decided' }>): string {
  switch (outcome.outcome) {
    case 'already':
      return alreadyText(outcome.decision);
    case 'refused':
      return refusalText(outcome.reason);
    case 'unknown':
      return 'This request is not open any more.';
    case 'busy':
      return 'Several people decided at the same moment, so yours was not taken. Please press again.';
  }
}

function alreadyText({ answer, by, cause }: Decision): string {
  if (cause === 'expiry') return 'This request has expired: nobody decided in time, so it counts as denied.';
  if (cause === 'stop') return 'This request was cancelled, because the work was stopped.';
  return `Already ${answer} by <@${by}>.`;
}

function refusalText(reason: 'not_allowed' | 'expired' | 'closed'): string {
  switch (reason) {
    case 'not_allowed':
      return 'You may not decide this request.';
    case 'expired':
      return 'This request has expired, so it counts as denied.';
    case 'closed':
      return 'This request is not open any more.';
  }
}
