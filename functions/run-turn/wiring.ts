import { S3Client } from '@aws-sdk/client-s3';
import { doors } from '../../agents/doors.ts';
import { agents } from '../../agents/index.ts';
import type { Log } from '../../core/log.ts';
import { createCallModel } from '../../core/models/call-model.ts';
import { doorOf } from '../../core/sessions/doors.ts';
import { createSlackConnect } from '../../core/slack/client.ts';
import { createBodies } from '../../core/store/bodies.ts';
import type { RunDeps } from '../../core/turns/run-state.ts';
import { readEnvironment, readOptional, readSettings } from '../shared/environment.ts';
import { createFindInstallation } from '../shared/installations.ts';
import { deployedSecret } from '../shared/secrets.ts';
import { turnDeps } from '../shared/turn-deps.ts';

/** All that a run needs but the time that its invocation has left. */
export function runDeps(log: Log): Omit<RunDeps, 'remainingMs'> {
  const env = readEnvironment(['SLUICE_BUCKET', 'SLUICE_TOKEN_KEY_ARN']);
  const { baseUrls, limits, model, models, slackApiUrl, titleModel, compactionModel } = readSettings();
  const deps = turnDeps(log);
  // Only deployments that name a model with a key give the function its secret.
  const secretArn = readOptional('SLUICE_PROVIDER_SECRET_ARN');
  const secret = secretArn ? deployedSecret(secretArn, deps.now) : undefined;
  return {
    ...deps,
    bodies: createBodies(new S3Client({}), env.SLUICE_BUCKET),
    agents,
    model,
    models,
    ...(titleModel ? { titleModel } : {}),
    ...(compactionModel ? { compactionModel } : {}),
    takesFollowUps: (agent) => doorOf(doors, agent).whileBusy === 'steer',
    callModel: createCallModel({
      now: deps.now,
      secrets: async () => (secret ? secret.fields() : {}),
      baseUrls,
      models,
    }),
    findInstallation: createFindInstallation(deps.store, env.SLUICE_TOKEN_KEY_ARN, deps.now),
    connectSlack: createSlackConnect({ slackApiUrl, timeoutMs: limits.slackTimeoutMs }),
  };
}
