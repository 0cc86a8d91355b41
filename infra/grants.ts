import { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Permission } from './permission.ts';
import { SluiceSecrets } from './secrets.ts';

/** Holds where the request's encryption context names both. */
const contextNamed = {
  Null: { 'kms:EncryptionContext:app': 'false', 'kms:EncryptionContext:installation': 'false' },
};

const allow = (actions: string[], resources: string[]): Permission => ({
  statement: new PolicyStatement({ actions, resources }),
});

/** The table's items, one by one, by range and in transactions (which need each item's own right). */
export const useItems = (table: Table): Permission =>
  allow(
    [
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    ],
    [table.tableArn],
  );

/** One of the table's indexes, by range. */
export const queryIndex = (table: Table, indexName: string): Permission =>
  allow(['dynamodb:Query'], [`${table.tableArn}/index/${indexName}`]);

export const sendWakes = (queue: Queue): Permission => allow(['sqs:SendMessage'], [queue.queueArn]);

/** Takes out what could not be delivered, or puts it out of sight. */
export const replayLetters = (queue: Queue): Permission =>
  allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'], [queue.queueArn]);

export const startTurns = (stateMachineArn: string): Permission =>
  allow(['states:StartExecution'], [stateMachineArn]);

export const resumeTurns = (): Permission => ({
  ...allow(['states:SendTaskSuccess'], ['*']),
  wildcardReason:
    'A task token is no resource with an ARN: the token itself is the capability, and only the table has it.',
});

export const readSecret = (secret: Secret): Permission =>
  allow(['secretsmanager:GetSecretValue'], [SluiceSecrets.arnOf(secret)]);

/**
 * Bot tokens are decrypted only in the name of one app and installation: the context must say which. The emulator
 * checks the context itself but cannot evaluate the condition, and would refuse.
 */
export const decryptTokens = (key: Key, local: boolean): Permission => ({
  statement: new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [key.keyArn],
    ...(local ? {} : { conditions: contextNamed }),
  }),
});

export const useBodies = (bucket: Bucket): Permission => ({
  ...allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('*')]),
  wildcardReason: 'Bodies are named after their records; the bucket holds nothing else.',
});

/** What tools added to answers; of the other bodies nothing. */
export const readAttachments = (bucket: Bucket): Permission => ({
  ...allow(['s3:GetObject'], [bucket.arnForObjects('attachments/*')]),
  wildcardReason: 'Each attachment is named after its turn; nothing else lies under that name.',
});

/**
 * Bedrock models: a foundation model itself, or an inference profile together with the foundation models it routes to,
 * in whatever regions those are. An application inference profile does not say what is behind it.
 *
 * @param modelIds model ids, inference profile ids (`eu.…`, `global.…`) or ARNs of either
 */
export function callBedrock(scope: Construct, modelIds: readonly string[]): Permission {
  const resources = new Set(modelIds.flatMap((modelId) => bedrockResources(scope, modelId)));
  return {
    ...allow(['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'], [...resources]),
    wildcardReason:
      'An inference profile picks the region of the foundation model; the profile itself is named.',
  };
}

function bedrockResources(scope: Construct, modelId: string): string[] {
  const { partition, region, account } = Stack.of(scope);
  const foundation = (id: string) => `arn:${partition}:bedrock:*::foundation-model/${id}`;
  const behind = (profile: string) => profile.replace(/^(global|us|us-gov|eu|apac|jp|au|ca|sa)\./, '');
  const arn = /^arn:[^:]*:bedrock:[^:]*:[^:]*:([^/]+)\/(.+)$/.exec(modelId);
  if (arn) {
    const [, kind, id = ''] = arn;
    if (kind === 'inference-profile') return [modelId, foundation(behind(id))];
    return kind === 'application-inference-profile' ? [modelId, foundation('*')] : [modelId];
  }
  return behind(modelId) === modelId
    ? [`arn:${partition}:bedrock:${region}::foundation-model/${modelId}`]
    : [
        `arn:${partition}:bedrock:${region}:${account}:inference-profile/${modelId}`,
        foundation(behind(modelId)),
      ];
}
