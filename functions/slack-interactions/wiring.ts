import type { Log } from '../../core/log.ts';
import { decideRequirement } from '../../core/pauses/decide-requirement.ts';
import type { InteractionDeps } from '../../core/slack/inbound/handle-interaction.ts';
import { readEnvironment } from '../shared/environment.ts';
import { deployedSecret } from '../shared/secrets.ts';
import { turnDeps } from '../shared/turn-deps.ts';
import { createRequestNotice } from '../shared/wake-queue.ts';

export function interactionDeps(log: Log): InteractionDeps {
  const env = readEnvironment(['SLUICE_SLACK_SECRET_ARN']);
  const deps = turnDeps(log);
  const secret = deployedSecret(env.SLUICE_SLACK_SECRET_ARN, deps.now);
  return {
    signingSecret: () => secret.field('signingSecret'),
    decideRequirement: (request) => decideRequirement(deps, request),
    requestNotice: createRequestNotice(deps.sendWake),
    log,
    now: deps.now,
  };
}
