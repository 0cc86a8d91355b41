import { storeFeedback } from '../../core/feedback/store-feedback.ts';
import type { Log } from '../../core/log.ts';
import { decideRequirement } from '../../core/pauses/decide-requirement.ts';
import { openDenialForm } from '../../core/pauses/open-denial-form.ts';
import type { InteractionDeps } from '../../core/slack/inbound/handle-interaction.ts';
import { readEnvironment, readSettings } from '../shared/environment.ts';
import { once } from '../shared/once.ts';
import { runtime } from '../shared/runtime.ts';
import { deployedSecret } from '../shared/secrets.ts';
import { turnDeps } from '../shared/turn-deps.ts';
import { createRequestNotice } from '../shared/wake-queue.ts';

export function interactionDeps(log: Log): InteractionDeps {
  const env = readEnvironment(['SLUICE_SLACK_SECRET_ARN', 'SLUICE_TOKEN_KEY_ARN']);
  const { slackApiUrl } = readSettings();
  const deps = turnDeps(log);
  const secret = deployedSecret(env.SLUICE_SLACK_SECRET_ARN, deps.now);
  // Only forms need Slack's Web API and the key of its tokens: decisions do not wait for that code.
  const connector = once(async () => {
    const { createConnector } = await import('./connector.ts');
    return createConnector({ ...deps, keyArn: env.SLUICE_TOKEN_KEY_ARN, slackApiUrl });
  });
  const formDeps = {
    ...deps,
    sleep: runtime.sleep,
    connect: async (appId: string, installationId: string) => (await connector())(appId, installationId),
  };
  return {
    signingSecret: () => secret.field('signingSecret'),
    decideRequirement: (request) => decideRequirement(deps, request),
    openDenialForm: (request) => openDenialForm(formDeps, request),
    storeFeedback: (request) => storeFeedback(deps, request),
    requestNotice: createRequestNotice(deps.sendWake),
    log,
    now: deps.now,
  };
}
