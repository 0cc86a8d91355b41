import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createInstallations, type Installations } from '../core/installations/installations.ts';
import { defaultLimits } from '../core/settings.ts';
import type { ConnectSlack } from '../core/slack/api.ts';
import { createSlackConnect } from '../core/slack/client.ts';
import { createStore } from '../core/store/store.ts';
import type { Target } from './target.ts';

/** The deployment's installations, with the rights of whoever runs the command. */
export function installationsOf(target: Target): Installations {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(target.client), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const sleep = async (ms: number): Promise<void> => {
    await wait(ms);
  };
  return createInstallations({
    store: createStore(client, target.table, { sleep, random: Math.random }),
    kms: new KMSClient(target.client),
    keyArn: target.tokenKeyArn,
    now: Date.now,
  });
}

/** Slack as the deployment sees it. */
export function slackOf(target: Target): ConnectSlack {
  return createSlackConnect({ slackApiUrl: target.slackApiUrl, timeoutMs: defaultLimits.slackTimeoutMs });
}
