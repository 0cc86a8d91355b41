import type { Log } from '../../log.ts';
import type { DecisionRequest } from '../../pauses/decide.ts';
import type { DecideOutcome } from '../../pauses/decide-requirement.ts';
import { decisionNotice } from '../../pauses/decision-notice.ts';
import type { Notice } from '../../relay/wake.ts';
import { accepted, refused, type SlackAnswer } from './answer.ts';
import { type OpenDeps, openRequest } from './open-request.ts';
import { type CardPress, parseInteraction } from './parse-interaction.ts';
import type { HttpRequest } from './request-bytes.ts';

export interface InteractionDeps extends OpenDeps {
  decideRequirement: (request: DecisionRequest & { pauseId: string }) => Promise<DecideOutcome>;
  /** Has the relay tell one person something. */
  requestNotice: (notice: Notice) => Promise<void>;
  log: Log;
}

/**
 * Takes a delivery of Slack's interactivity: verify, parse, decide, answer. Whatever a signed click is about, the
 * answer is 200 with an empty body, or Slack would show its own error; what a person must know comes as a line
 * only they see. Stale buttons and those of another workspace find no request and change nothing.
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
        level: parsed.reason === 'forged_button' ? 'warn' : 'info',
        fields: { reason: parsed.reason },
      });
    case 'press':
      return takePress(deps, parsed.press);
  }
}

async function takePress(deps: InteractionDeps, press: CardPress): Promise<SlackAnswer> {
  const { pauseId, row, answer, by, appId, installationId } = press;
  const outcome = await deps.decideRequirement({
    pauseId,
    row,
    answer,
    by,
    appId,
    installationId,
    at: deps.now(),
    door: 'slack',
  });
  const text = decisionNotice(outcome, answer, by);
  if (text !== undefined) await tell(deps, press, text);
  const pause = 'pause' in outcome ? outcome.pause : undefined;
  return accepted(outcome.outcome === 'decided' ? answer : outcome.outcome, {
    level: outcome.outcome === 'unknown' || outcome.outcome === 'refused' ? 'warn' : 'info',
    fields: {
      appId,
      installationId,
      pauseId,
      row,
      by,
      turnId: pause?.turnId,
      sessionId: pause?.sessionId,
      reason: outcome.outcome === 'refused' ? outcome.reason : undefined,
    },
  });
}

/** What was decided stands; that nobody could be told so is not worth an error on their screen. */
async function tell(deps: InteractionDeps, press: CardPress, text: string): Promise<void> {
  const { appId, installationId, channel, threadTs, by } = press;
  try {
    await deps.requestNotice({ appId, installationId, channel, threadTs, userId: by, text });
  } catch (error) {
    deps.log.error('notice not sent', { error });
  }
}
