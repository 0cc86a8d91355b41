import { decisionNotice, whyNotDecided } from '../../pauses/decision-notice.ts';
import { denialNotTaken, reasonBlockId } from '../../pauses/denial-form.ts';
import type { DenialFormOutcome, DenialFormRequest } from '../../pauses/open-denial-form.ts';
import { reasonProblem } from '../../pauses/reason.ts';
import { accepted, acceptedJson, type SlackAnswer } from './answer.ts';
import type { FormPress } from './parse-press.ts';
import type { DenialSubmission } from './parse-submission.ts';
import { factsOf, type PressDeps, tell } from './take-press.ts';

export interface DenialDeps extends PressDeps {
  /** Opens the form for a reason, if the person could deny the row now. */
  openDenialForm: (request: DenialFormRequest) => Promise<DenialFormOutcome>;
}

const NOT_OPENED =
  'The form for your reason did not open in time. If you do not see it, press “Deny with reason…” again, or Deny.';

/** Deny with reason was pressed: opens the form, and tells whoever could not deny any more, or whose form failed. */
export async function takeFormPress(deps: DenialDeps, press: FormPress): Promise<SlackAnswer> {
  const { channel: _channel, threadTs: _threadTs, ...asked } = press;
  const outcome = await deps.openDenialForm({ ...asked, at: deps.now(), door: 'slack' });
  if (outcome.outcome === 'form_not_opened') await tell(deps, press, NOT_OPENED);
  // Said even to whoever decided it themselves: they wanted to say more than their decision does.
  else if (outcome.outcome !== 'form_opened') await tell(deps, press, whyNotDecided(outcome));
  return accepted(outcome.outcome, factsOf(press, outcome));
}

/**
 * The form was sent. A reason that will not do comes back at its field; an empty answer closes the form, and a
 * denial that was not taken puts the reason why in its place (reference, modals: answers to `view_submission`).
 */
export async function takeDenial(deps: PressDeps, submission: DenialSubmission): Promise<SlackAnswer> {
  const problem = reasonProblem(submission.reason);
  if (problem) return atTheField('bad_reason', problem, submission);
  const wish = { ...submission, answer: 'denied' } as const;
  const outcome = await deps.decideRequirement({ ...wish, at: deps.now(), door: 'slack' });
  const facts = factsOf(submission, outcome);
  const text = decisionNotice(outcome, wish);
  if (text === undefined) return accepted(outcome.outcome === 'decided' ? 'denied' : outcome.outcome, facts);
  if (outcome.outcome === 'busy') return atTheField('busy', text, submission);
  const body = { response_action: 'update', view: denialNotTaken(text) };
  return acceptedJson(outcome.outcome, body, facts);
}

function atTheField(outcome: string, text: string, submission: DenialSubmission): SlackAnswer {
  const body = { response_action: 'errors', errors: { [reasonBlockId]: text } };
  return acceptedJson(outcome, body, factsOf(submission, { outcome }));
}
