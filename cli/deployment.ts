import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createInstallations, type Installations } from '../core/installations/installations.ts';
import { createSendWake } from '../core/relay/wakes/send-wake.ts';
import { defaultLimits } from '../core/settings.ts';
import type { ConnectSlack } from '../core/slack/api.ts';
import { createSlackConnect } from '../core/slack/client.ts';
import { type Bodies, createBodies } from '../core/store/bodies.ts';
import { createStore, type Store } from '../core/store/store.ts';
import type { EndDeps } from '../core/turns/end-turn.ts';
import { createExecutions } from '../core/turns/executions.ts';
import type { Target } from './target.ts';

/** The deployment's table, with the rights of whoever runs the command. */
function storeOf(target: Target): Store {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(target.client), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const sleep = async (ms: number): Promise<void> => {
    await wait(ms);
  };
  return createStore(client, target.table, { sleep, random: Math.random });
}

/** What commands about sessions and turns work with. */
export interface Deployment extends EndDeps {
  /** For people. */
  name: string;
  bodies: Bodies;
  installations: Installations;
  slack: ConnectSlack;
}

/** Limits are this version's defaults; none that the deployment may have set matters to what commands do. */
export function deploymentOf(target: Target): Deployment {
  // A local stack's buckets have no host names of their own.
  const s3 = new S3Client({ ...target.client, forcePathStyle: target.client.endpoint !== undefined });
  const queue = new SQSClient({ ...target.client, useQueueUrlAsEndpoint: false });
  return {
    name: target.name,
    store: storeOf(target),
    bodies: createBodies(s3, target.bucket),
    executions: createExecutions(new SFNClient(target.client), target.stateMachineArn),
    sendWake: createSendWake(queue, target.wakeQueueUrl),
    installations: installationsOf(target),
    slack: slackOf(target),
    now: Date.now,
    limits: defaultLimits,
    log: { info() {}, warn: console.error, error: console.error },
  };
}

/** The deployment's installations. */
export function installationsOf(target: Target): Installations {
  return createInstallations({
    store: storeOf(target),
    kms: new KMSClient(target.client),
    keyArn: target.tokenKeyArn,
    now: Date.now,
  });
}

/** Slack as the deployment sees it. */
export function slackOf(target: Target): ConnectSlack {
  return createSlackConnect({ slackApiUrl: target.slackApiUrl, timeoutMs: defaultLimits.slackTimeoutMs });
}
