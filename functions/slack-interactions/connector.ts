import type { SlackApi } from '../../core/slack/api.ts';
import { createSlackConnect } from '../../core/slack/client.ts';
import type { Store } from '../../core/store/store.ts';
import { createFindInstallation } from '../shared/installations.ts';

export interface ConnectorOptions {
  store: Store;
  now: () => number;
  /** The KMS key of the bot tokens. */
  keyArn: string;
  slackApiUrl: string;
}

/** A click's trigger lives for three seconds: whatever Slack answers later is of no use. */
const TIMEOUT_MS = 1_800;

/** Gives an installation's Web API; undefined where the app is not installed any more. */
export function createConnector({ store, now, keyArn, slackApiUrl }: ConnectorOptions) {
  const findInstallation = createFindInstallation(store, keyArn, now);
  const connectSlack = createSlackConnect({ slackApiUrl, timeoutMs: TIMEOUT_MS });
  return async (appId: string, installationId: string): Promise<SlackApi | undefined> => {
    const installation = await findInstallation(appId, installationId);
    return installation && connectSlack(installation.botToken);
  };
}
