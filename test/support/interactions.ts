import { vi } from 'vitest';
import { feedbackActionId, feedbackValue } from '../../core/feedback/button.ts';
import type { FeedbackOutcome } from '../../core/feedback/store-feedback.ts';
import { buttonValue } from '../../core/pauses/button.ts';
import type { DecideOutcome } from '../../core/pauses/decide-requirement.ts';
import { newPauseRecord } from '../../core/pauses/new-pause.ts';
import type { DenialFormOutcome } from '../../core/pauses/open-denial-form.ts';
import type { InteractionDeps } from '../../core/slack/inbound/handle-interaction.ts';
import type { HttpRequest } from '../../core/slack/inbound/request-bytes.ts';
import { signatureOf } from '../../core/slack/inbound/verify-request.ts';

/** The clock of these tests, epoch milliseconds. */
export const now = 1_700_000_000_000;
export const pauseId = `p${'a'.repeat(32)}`;
/** Somebody presses Approve on a card. */
export const click = {
  type: 'block_actions',
  user: { id: 'U2', team_id: 'T1' },
  api_app_id: 'A1',
  container: { message_ts: '2.2', channel_id: 'C1', thread_ts: '1.0' },
  team: { id: 'T1' },
  actions: [{ action_id: 'sluice_approve', value: buttonValue(pauseId, 0) }],
};
export const turnId = `t${'b'.repeat(32)}`;
/** Somebody presses the upper thumb under an answer. */
export const thumbsUp = {
  ...click,
  actions: [
    {
      type: 'feedback_buttons',
      action_id: feedbackActionId,
      value: feedbackValue(turnId, 'up'),
      action_ts: '1700000000.250000',
    },
  ],
};
/** A payload as Slack posts it. */
export const form = (payload: unknown) => `payload=${encodeURIComponent(JSON.stringify(payload))}`;

/** A request with that body, signed now unless told otherwise. */
export function signed(body: string, signature?: string): HttpRequest {
  const timestamp = String(now / 1000);
  return {
    headers: {
      'X-Slack-Request-Timestamp': timestamp,
      'X-Slack-Signature': signature ?? signatureOf('shh', timestamp, Buffer.from(body)),
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}

export const pause = newPauseRecord({
  pauseId,
  turn: {
    turnId: 't1',
    sessionId: 's1',
    appId: 'A1',
    installationId: 'T1',
    channel: 'C1',
    threadTs: '1.0',
    requester: { userId: 'U1', teamId: 'T1' },
  },
  step: 0,
  rows: [],
  policy: { who: 'anyone' },
  now,
  expiresAt: now + 1000,
});
export const approved = { answer: 'approved', by: 'U9', at: now, cause: 'person' } as const;

/** What interactions are handled with: deciding has the given outcome, a form opens. */
export function interactionDeps(outcome: DecideOutcome = { outcome: 'decided', decision: approved, pause }) {
  const deps = {
    signingSecret: vi.fn(async (): Promise<string | undefined> => 'shh'),
    decideRequirement: vi.fn(async (_: Parameters<InteractionDeps['decideRequirement']>[0]) => outcome),
    openDenialForm: vi.fn(
      async (_: Parameters<InteractionDeps['openDenialForm']>[0]): Promise<DenialFormOutcome> => ({
        outcome: 'form_opened',
        pause,
      }),
    ),
    storeFeedback: vi.fn(
      async (_: Parameters<InteractionDeps['storeFeedback']>[0]): Promise<FeedbackOutcome> => ({
        outcome: 'rated',
        sessionId: 's1',
      }),
    ),
    requestNotice: vi.fn(async (_: Parameters<InteractionDeps['requestNotice']>[0]) => {}),
    log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    now: () => now,
  } satisfies InteractionDeps;
  return deps;
}
