import { defaultAgentName } from '../../agents/default-agent.ts';
import type { Log } from '../../core/log.ts';
import { admitPost } from '../../core/sessions/admit.ts';
import type { EventDeps } from '../../core/slack/inbound/handle-event.ts';
import { stopSession } from '../../core/turns/stop.ts';
import { readEnvironment } from '../shared/environment.ts';
import { deployedSecret } from '../shared/secrets.ts';
import { turnDeps } from '../shared/turn-deps.ts';
import { createRequestNotice } from '../shared/wake-queue.ts';

export function eventDeps(log: Log): EventDeps {
  const env = readEnvironment(['SLUICE_SLACK_SECRET_ARN']);
  const deps = turnDeps(log);
  const secret = deployedSecret(env.SLUICE_SLACK_SECRET_ARN, deps.now);
  return {
    signingSecret: () => secret.field('signingSecret'),
    admitPost: (post) => admitPost({ ...deps, agent: defaultAgentName }, post),
    stopSession: (press) => stopSession(deps, press),
    requestNotice: createRequestNotice(deps.sendWake),
    log,
    now: deps.now,
  };
}
