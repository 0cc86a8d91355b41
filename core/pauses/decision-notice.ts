import type { DecideOutcome } from './decide-requirement.ts';
import type { Decision } from './record.ts';

/**
 * What the one who pressed is told, for their eyes only; undefined when the card says it all. The loser of a race
 * learns who decided and what.
 */
export function decisionNotice(
  outcome: DecideOutcome,
  pressed: Decision['answer'],
  by: string,
): string | undefined {
  if (outcome.outcome === 'decided') return undefined;
  // A double click of the winner is no news to them (case G-38).
  const own = outcome.outcome === 'already' && outcome.decision.by === by;
  return own && outcome.decision.answer === pressed ? undefined : whyNotDecided(outcome);
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
