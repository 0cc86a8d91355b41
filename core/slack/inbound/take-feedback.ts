import type { FeedbackOutcome, FeedbackRequest } from '../../feedback/store-feedback.ts';
import { accepted, type SlackAnswer } from './answer.ts';
import type { FeedbackPress } from './parse-feedback.ts';
import { type PressDeps, tell } from './take-press.ts';

export interface FeedbackDeps extends Pick<PressDeps, 'requestNotice' | 'now' | 'log'> {
  storeFeedback: (request: FeedbackRequest) => Promise<FeedbackOutcome>;
}

const thanks = {
  up: 'Thank you. You rated this answer as good.',
  down: 'Thank you. You rated this answer as bad. Write here what was wrong with it, and I can try again.',
} as const;

/** A thumb was pressed: stores the rating with the turn, and thanks the person when it is a new one. */
export async function takeFeedback(deps: FeedbackDeps, press: FeedbackPress): Promise<SlackAnswer> {
  const { turnId, rating, by, appId, installationId, teamId, messageTs, at = deps.now() } = press;
  const { outcome, sessionId } = await deps.storeFeedback({
    turnId,
    rating,
    appId,
    installationId,
    userId: by,
    ...(teamId ? { teamId } : {}),
    ...(messageTs ? { messageTs } : {}),
    at,
  });
  if (outcome === 'rated') await tell(deps, press, thanks[rating]);
  return accepted(outcome, {
    level: outcome === 'unknown' ? 'warn' : 'info',
    fields: { appId, installationId, turnId, sessionId, by, rating },
  });
}
