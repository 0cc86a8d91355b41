import {
  CfnOutput,
  CliCredentialsStackSynthesizer,
  type Environment,
  type IStackSynthesizer,
  Stack,
} from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { SluiceSecrets } from './secrets.ts';
import { namedModels, type Settings } from './settings.ts';
import { Sluice } from './sluice.ts';

/** The smallest stack around the construct, with outputs for whoever operates it. */
export class SluiceStack extends Stack {
  readonly sluice: Sluice;

  constructor(scope: Construct, settings: Settings, functionsRoot?: string) {
    const { account, region } = settings;
    const env: Environment = { ...(account ? { account } : {}), ...(region ? { region } : {}) };
    super(scope, settings.stackName, {
      description: 'Sluice: LLM agents in Slack',
      // Without either, the stack fits any account and region.
      env,
      // The emulator refuses the publishing role of the default synthesizer once it enforces IAM.
      ...(settings.local ? { synthesizer: new CliCredentialsStackSynthesizer() as IStackSynthesizer } : {}),
    });
    const sluice = new Sluice(this, 'Sluice', {
      model: settings.model,
      local: settings.local,
      slackApiUrl: settings.slackApiUrl,
      limits: settings.limits,
      tiers: settings.tiers,
      logRetention: settings.logRetentionDays as RetentionDays,
      relayConcurrency: settings.relayConcurrency,
      baseUrls: settings.baseUrls,
      ...pick(settings, 'modelBaseUrl'),
      models: settings.models,
      overrides: settings.overrides,
      displays: settings.displays,
      extraModels: settings.extraModels,
      ...pick(settings, 'titleModel'),
      ...pick(settings, 'compactionModel'),
      ...pick(settings, 'build'),
      ...(functionsRoot ? { functionsRoot } : {}),
    });
    this.sluice = sluice;

    const { functions, secrets } = sluice;
    const outputs: Record<string, string> = {
      ApiUrl: sluice.api.url,
      SlackApiUrl: settings.slackApiUrl,
      Model: settings.model,
      Models: namedModels(settings).join(','),
      TableName: sluice.data.table.tableName,
      BucketName: sluice.bodies.bucket.bucketName,
      WakeQueueUrl: sluice.wakes.queue.queueUrl,
      DeadLetterQueueUrl: sluice.wakes.deadLetters.queueUrl,
      StateMachineArn: sluice.turns.stateMachine.stateMachineArn,
      SlackSecretArn: SluiceSecrets.arnOf(secrets.slack),
      ProviderSecretArn: SluiceSecrets.arnOf(secrets.providers),
      TokenKeyArn: secrets.tokenKey.keyArn,
      SlackEventsFunction: functions.slackEvents.fn.functionName,
      SlackInteractionsFunction: functions.slackInteractions.fn.functionName,
      RunTurnFunction: functions.runTurn.fn.functionName,
      StatusRelayFunction: functions.statusRelay.fn.functionName,
      SettleFunction: functions.settle.fn.functionName,
      SweepFunction: functions.sweep.fn.functionName,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

/** One property as an object, or nothing where it is not set. */
function pick<T extends object, K extends keyof T>(from: T, key: K): Partial<Pick<T, K>> {
  const part: Partial<Pick<T, K>> = {};
  if (from[key] !== undefined) part[key] = from[key];
  return part;
}
