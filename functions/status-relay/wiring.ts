import type { Log } from '../../core/log.ts';
import type { RelayDeps } from '../../core/relay/deps.ts';
import { createSlackConnect } from '../../core/slack/client.ts';
import { createUpload } from '../../core/slack/upload.ts';
import { readEnvironment, readSettings } from '../shared/environment.ts';
import { createFindInstallation } from '../shared/installations.ts';
import type { Measure } from '../shared/observe.ts';
import { once } from '../shared/once.ts';
import { runtime } from '../shared/runtime.ts';
import { turnDeps } from '../shared/turn-deps.ts';

/** Less than the relay's lease: 10 MB at one megabyte a second. */
const UPLOAD_TIMEOUT_MS = 10_000;

export function relayDeps(log: Log, measure: Measure): RelayDeps {
  const env = readEnvironment(['SLUICE_BUCKET', 'SLUICE_TOKEN_KEY_ARN']);
  const { limits, tiers, slackApiUrl } = readSettings();
  const deps = turnDeps(log);
  // Few answers have files or charts: the others do not wait for the code that reads them.
  const bodies = once(async () => {
    const { connectBodies } = await import('./bodies.ts');
    return connectBodies(env.SLUICE_BUCKET);
  });
  return {
    ...deps,
    ...runtime,
    tiers,
    measure,
    findInstallation: createFindInstallation(deps.store, env.SLUICE_TOKEN_KEY_ARN, deps.now),
    connectSlack: createSlackConnect({ slackApiUrl, timeoutMs: limits.slackTimeoutMs }),
    bodies: {
      get: async (key) => (await bodies()).get(key),
      getBytes: async (key) => (await bodies()).getBytes(key),
    },
    sendUpload: createUpload({ slackApiUrl, timeoutMs: UPLOAD_TIMEOUT_MS }),
  };
}
