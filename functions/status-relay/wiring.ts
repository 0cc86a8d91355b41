import type { Log } from '../../core/log.ts';
import type { RelayDeps } from '../../core/relay/deps.ts';
import { createSlackConnect } from '../../core/slack/client.ts';
import { readEnvironment, readSettings } from '../shared/environment.ts';
import { createFindInstallation } from '../shared/installations.ts';
import { runtime } from '../shared/runtime.ts';
import { turnDeps } from '../shared/turn-deps.ts';

export function relayDeps(log: Log): RelayDeps {
  const env = readEnvironment(['SLUICE_TOKEN_KEY_ARN']);
  const { limits, tiers, slackApiUrl } = readSettings();
  const deps = turnDeps(log);
  return {
    ...deps,
    ...runtime,
    tiers,
    findInstallation: createFindInstallation(deps.store, env.SLUICE_TOKEN_KEY_ARN, deps.now),
    connectSlack: createSlackConnect({ slackApiUrl, timeoutMs: limits.slackTimeoutMs }),
  };
}
