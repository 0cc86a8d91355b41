import type { Log } from '../../log.ts';
import type { DecisionRequest } from '../../pauses/decide.ts';
import type { DecideOutcome } from '../../pauses/decide-requirement.ts';
import { decisionNotice } from '../../pauses/decision-notice.ts';
import type { PauseRecord } from '../../pauses/record.ts';
import type { Notice } from '../../relay/wakes/wake.ts';
import { accepted, type SlackAnswer } from './answer.ts';
import type { InteractionPerson } from './interaction.ts';
import type { CardPress } from './parse-press.ts';

export interface PressDeps {
  decideRequirement: (request: DecisionRequest & { pauseId: string }) => Promise<DecideOutcome>;
  /** Has the relay tell one person something. */
  requestNotice: (notice: Notice) => Promise<void>;
  now: () => number;
  log: Log;
}

/** Approve or Deny was pressed: decides, and tells whoever came too late or may not. */
export async function takePress(deps: PressDeps, press: CardPress): Promise<SlackAnswer> {
  const { pauseId, row, answer, by, appId, installationId } = press;
  const at = deps.now();
  const outcome = await deps.decideRequirement({
    pauseId,
    row,
    answer,
    by,
    appId,
    installationId,
    at,
    door: 'slack',
  });
  const text = decisionNotice(outcome, press);
  if (text !== undefined) await tell(deps, press, text);
  return accepted(outcome.outcome === 'decided' ? answer : outcome.outcome, factsOf(press, outcome));
}

/** What the log says of a click or a sent form: who, about what, and why it was not taken; no text. */
export function factsOf(
  { pauseId, row, by, appId, installationId }: InteractionPerson & { pauseId: string; row: number },
  outcome: { outcome: string; pause?: PauseRecord; reason?: string },
): Pick<SlackAnswer, 'level' | 'fields'> {
  const { pause, reason } = outcome;
  return {
    level: /^(unknown|refused|form_not_opened)$/.test(outcome.outcome) ? 'warn' : 'info',
    fields: {
      appId,
      installationId,
      pauseId,
      row,
      by,
      turnId: pause?.turnId,
      sessionId: pause?.sessionId,
      reason,
    },
  };
}

/** What was decided stands; that nobody could be told so is not worth an error on their screen. */
export async function tell(
  deps: Pick<PressDeps, 'requestNotice' | 'log'>,
  press: InteractionPerson & { channel: string; threadTs: string },
  text: string,
): Promise<void> {
  const { appId, installationId, channel, threadTs, by } = press;
  try {
    await deps.requestNotice({ appId, installationId, channel, threadTs, userId: by, text });
  } catch (error) {
    deps.log.error('notice not sent', { error });
  }
}
