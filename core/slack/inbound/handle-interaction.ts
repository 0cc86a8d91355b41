import { accepted, refused, type SlackAnswer } from './answer.ts';
import { type OpenDeps, openRequest } from './open-request.ts';
import { parseInteraction } from './parse-interaction.ts';
import type { HttpRequest } from './request-bytes.ts';
import { type DenialDeps, takeDenial, takeFormPress } from './take-denial.ts';
import { type FeedbackDeps, takeFeedback } from './take-feedback.ts';
import { type PressDeps, takePress } from './take-press.ts';

export interface InteractionDeps extends OpenDeps, PressDeps, DenialDeps, FeedbackDeps {}

/**
 * Takes a delivery of Slack's interactivity: verify, parse, decide, answer. Whatever a signed click is about, the
 * answer is 200 with an empty body, or Slack would show its own error; what a person must know comes as a line
 * only they see. Stale buttons and those of another workspace find no request and change nothing. A form that was
 * sent is answered in the form itself.
 */
export async function handleSlackInteraction(
  deps: InteractionDeps,
  request: HttpRequest,
): Promise<SlackAnswer> {
  const opened = await openRequest(deps, request);
  if ('answer' in opened) return opened.answer;
  const parsed = parseInteraction(opened.text);
  switch (parsed.kind) {
    case 'malformed':
      return refused(400, 'malformed', 'The body is no interaction of Slack.', {
        fields: { reason: parsed.reason },
      });
    case 'ignored':
      return accepted('ignored', {
        level: parsed.reason.startsWith('forged_') ? 'warn' : 'info',
        fields: { reason: parsed.reason },
      });
    case 'press':
      return takePress(deps, parsed.press);
    case 'form_press':
      return takeFormPress(deps, parsed.press);
    case 'feedback':
      return takeFeedback(deps, parsed.press);
    case 'denial':
      return takeDenial(deps, parsed.submission);
  }
}
