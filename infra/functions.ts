import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { keyFieldOf, parseModelName } from '../core/models/model-name.ts';
import * as grants from './grants.ts';
import { SluiceSecrets } from './secrets.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

/** What one wake may take at most. */
export const relayTimeout = Duration.seconds(60);

export interface SluiceFunctionsProps {
  /** The folder with one folder per function, each with its `handler.ts`. */
  functionsRoot: string;
  build: string | undefined;
  /** RuntimeSettings as JSON. */
  runtimeSettings: string;
  /** Every model that a turn may use. */
  models: readonly string[];
  local: boolean;
  relayConcurrency: number;
  logRetention: RetentionDays;
  table: Table;
  bucket: Bucket;
  wakeQueue: Queue;
  /** What the wake queue could not deliver. */
  deadLetters: Queue;
  secrets: SluiceSecrets;
  /** Known by name: the state machine itself refers to the functions. */
  stateMachineArn: string;
}

/** The functions, each with the environment and the rights it needs and no more. */
export class SluiceFunctions extends Construct {
  readonly slackEvents: SluiceFunction;
  readonly slackInteractions: SluiceFunction;
  readonly runTurn: SluiceFunction;
  readonly statusRelay: SluiceFunction;
  readonly settle: SluiceFunction;
  readonly sweep: SluiceFunction;

  constructor(scope: Construct, id: string, props: SluiceFunctionsProps) {
    super(scope, id);
    const { table, bucket, wakeQueue, secrets, stateMachineArn } = props;

    const base = {
      SLUICE_SETTINGS: props.runtimeSettings,
      SLUICE_TABLE: table.tableName,
      SLUICE_WAKE_QUEUE_URL: wakeQueue.queueUrl,
      SLUICE_STATE_MACHINE_ARN: stateMachineArn,
    };
    const slackSecret = { SLUICE_SLACK_SECRET_ARN: SluiceSecrets.arnOf(secrets.slack) };
    const tokenKey = { SLUICE_TOKEN_KEY_ARN: secrets.tokenKey.keyArn };
    const needsProviderKey = props.models.some((name) => keyFieldOf(name) !== undefined);
    const bedrockIds = props.models.flatMap((name) => {
      const model = parseModelName(name);
      return model?.provider === 'bedrock' ? [model.id] : [];
    });
    const turnWriting = () => [
      grants.useItems(table),
      grants.sendWakes(wakeQueue),
      grants.startTurns(stateMachineArn),
    ];

    const add = (
      id: string,
      folder: string,
      rest: Omit<SluiceFunctionProps, 'entry' | 'build' | 'logRetention'>,
    ): SluiceFunction =>
      new SluiceFunction(this, id, {
        entry: join(props.functionsRoot, folder, 'handler.ts'),
        build: props.build,
        logRetention: props.logRetention,
        ...rest,
      });

    this.slackEvents = add('SlackEvents', 'slack-events', {
      description: 'Takes Slack events: verify, admit or queue, start the turn, answer',
      timeout: Duration.seconds(10),
      memorySize: 1024,
      environment: { ...base, ...slackSecret },
      // A stop of a turn that waits for people wakes its execution to leave.
      permissions: [...turnWriting(), grants.readSecret(secrets.slack), grants.resumeTurns()],
    });
    this.slackInteractions = add('SlackInteractions', 'slack-interactions', {
      description: 'Takes clicks and forms: verify, decide the requirement, resume the turn, answer',
      timeout: Duration.seconds(10),
      memorySize: 1024,
      environment: { ...base, ...slackSecret, ...tokenKey },
      permissions: [
        ...turnWriting(),
        grants.readSecret(secrets.slack),
        grants.resumeTurns(),
        // A form must be opened within three seconds of its click, by the function that got the click.
        grants.decryptTokens(secrets.tokenKey, props.local),
      ],
    });
    this.runTurn = add('RunTurn', 'run-turn', {
      description: 'Works on a turn: model, tools, chunk log',
      timeout: Duration.seconds(900),
      memorySize: 1024,
      environment: {
        ...base,
        ...tokenKey,
        SLUICE_BUCKET: bucket.bucketName,
        ...(needsProviderKey ? { SLUICE_PROVIDER_SECRET_ARN: SluiceSecrets.arnOf(secrets.providers) } : {}),
      },
      permissions: [
        ...turnWriting(),
        grants.useBodies(bucket),
        grants.decryptTokens(secrets.tokenKey, props.local),
        ...(needsProviderKey ? [grants.readSecret(secrets.providers)] : []),
        ...(bedrockIds.length > 0 ? [grants.callBedrock(this, bedrockIds)] : []),
      ],
    });
    this.statusRelay = add('StatusRelay', 'status-relay', {
      description: 'Shows a turn in its Slack thread, one turn per invocation',
      timeout: relayTimeout,
      memorySize: 512,
      environment: { ...base, ...tokenKey, SLUICE_BUCKET: bucket.bucketName },
      permissions: [
        grants.useItems(table),
        grants.readAttachments(bucket),
        grants.sendWakes(wakeQueue),
        grants.decryptTokens(secrets.tokenKey, props.local),
        grants.resumeTurns(),
      ],
    });
    this.settle = add('Settle', 'settle', {
      description: 'Ends a turn whose execution failed, timed out or was aborted',
      timeout: Duration.seconds(60),
      memorySize: 512,
      environment: base,
      permissions: [...turnWriting(), grants.resumeTurns()],
    });
    this.sweep = add('Sweep', 'sweep', {
      description: 'Looks at what is due and repairs what a crash left',
      timeout: Duration.seconds(60),
      memorySize: 512,
      environment: { ...base, SLUICE_DEAD_LETTERS_URL: props.deadLetters.queueUrl },
      permissions: [
        ...turnWriting(),
        grants.queryIndex(table, 'gsi3'),
        grants.resumeTurns(),
        grants.replayLetters(props.deadLetters),
      ],
    });

    this.statusRelay.fn.addEventSource(
      new SqsEventSource(wakeQueue, {
        batchSize: 1,
        reportBatchItemFailures: true,
        // Never reserved concurrency: that would throttle wakes into the dead-letter queue.
        maxConcurrency: props.relayConcurrency,
      }),
    );
  }
}
