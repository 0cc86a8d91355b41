import { join } from 'node:path';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { DisplayRule } from '../core/display/choose-display.ts';
import type { ModelSettings } from '../core/models/model-table.ts';
import type { ModelOverride } from '../core/models/overrides.ts';
import type { BaseUrls, Limits, RuntimeSettings, Tiers } from '../core/settings.ts';
import { SluiceApi } from './api.ts';
import { SluiceBodies } from './bodies.ts';
import { relayTimeout, SluiceFunctions } from './functions.ts';
import { SluiceSecrets } from './secrets.ts';
import { namedModels } from './settings.ts';
import { SweepSchedule } from './sweep-schedule.ts';
import { SluiceTable } from './table.ts';
import { SluiceTurns, turnMachineIdentity } from './turns.ts';
import { WakeQueue } from './wake-queue.ts';

export interface SluiceProps {
  /** `demo` or `<provider>/<model id>`: anthropic, openai, bedrock or openai-compatible. */
  model: string;
  /** Where providers' APIs are; an openai-compatible model needs it. */
  baseUrls?: BaseUrls;
  /** The old name of `baseUrls['openai-compatible']`. */
  modelBaseUrl?: string;
  /** Facts of models, over those that are built in. */
  models?: ModelSettings;
  /** Other models for some agents, workspaces, channels and people. */
  overrides?: readonly ModelOverride[];
  /** How turns are shown to some agents, workspaces, channels and people. */
  displays?: readonly DisplayRule[];
  /** Writes titles. @default the turn's own model */
  titleModel?: string;
  /** Writes summaries. @default the turn's own model */
  compactionModel?: string;
  /** Models that only agents name: the function is given the right to call them. */
  extraModels?: readonly string[];
  /** @default https://slack.com/api/ */
  slackApiUrl?: string;
  /** Overrides of `defaultLimits` in core/settings.ts. */
  limits?: Partial<Limits>;
  /** Overrides of `defaultTiers` in core/settings.ts: calls per minute. */
  tiers?: Partial<Tiers>;
  /** @default one month */
  logRetention?: RetentionDays;
  /** How many wakes are worked on at once, 2 to 1000. @default 10 */
  relayConcurrency?: number;
  /** A label written into every function's bundle. */
  build?: string;
  /**
   * For the local emulator: leaves out the conditions that it cannot meet or evaluate (access over TLS only, a key
   * used with its encryption context only). Never for AWS. @default false
   */
  local?: boolean;
  /** The folder of the functions. @default this project's */
  functionsRoot?: string;
}

/**
 * All of Sluice as one construct: API, functions, table, bucket, queue, state machine, schedule, key and secrets.
 * What holds data (table, bucket, key, secrets) is retained when it leaves a stack.
 */
export class Sluice extends Construct {
  readonly data: SluiceTable;
  readonly bodies: SluiceBodies;
  readonly secrets: SluiceSecrets;
  readonly wakes: WakeQueue;
  readonly functions: SluiceFunctions;
  readonly turns: SluiceTurns;
  readonly api: SluiceApi;

  constructor(scope: Construct, id: string, props: SluiceProps) {
    super(scope, id);
    const logRetention = props.logRetention ?? RetentionDays.ONE_MONTH;
    const local = props.local ?? false;
    const machine = turnMachineIdentity(this);

    this.data = new SluiceTable(this, 'Data');
    this.bodies = new SluiceBodies(this, 'Bodies', { local });
    this.secrets = new SluiceSecrets(this, 'Secrets');
    this.wakes = new WakeQueue(this, 'Wakes', { consumerTimeout: relayTimeout, local });
    this.functions = new SluiceFunctions(this, 'Functions', {
      functionsRoot: props.functionsRoot ?? join(import.meta.dirname, '..', 'functions'),
      build: props.build,
      runtimeSettings: runtimeSettings(props),
      models: namedModels(props),
      local,
      relayConcurrency: props.relayConcurrency ?? 10,
      logRetention,
      table: this.data.table,
      bucket: this.bodies.bucket,
      wakeQueue: this.wakes.queue,
      deadLetters: this.wakes.deadLetters,
      secrets: this.secrets,
      stateMachineArn: machine.arn,
    });
    this.turns = new SluiceTurns(this, 'Turns', {
      stateMachineName: machine.name,
      stateMachineArn: machine.arn,
      runTurn: this.functions.runTurn.fn,
      settle: this.functions.settle.fn,
      wakeQueue: this.wakes.queue,
      logRetention,
    });
    new SweepSchedule(this, 'SweepSchedule', this.functions.sweep.fn);
    this.api = new SluiceApi(this, 'Api', {
      slackEvents: this.functions.slackEvents.fn,
      slackInteractions: this.functions.slackInteractions.fn,
      logRetention,
    });
  }
}

/** RuntimeSettings for the functions; limits and tiers hold overrides only, the functions know the defaults. */
function runtimeSettings(props: SluiceProps): string {
  const { slackApiUrl, model, titleModel, compactionModel, models, overrides, displays, limits, tiers } =
    props;
  const settings: Omit<RuntimeSettings, 'limits' | 'tiers'> & { limits: object; tiers: object } = {
    slackApiUrl: slackApiUrl ?? 'https://slack.com/api/',
    model,
    ...(titleModel ? { titleModel } : {}),
    ...(compactionModel ? { compactionModel } : {}),
    baseUrls: {
      ...(props.modelBaseUrl ? { 'openai-compatible': props.modelBaseUrl } : {}),
      ...props.baseUrls,
    },
    models: models ?? {},
    overrides: overrides ?? [],
    displays: displays ?? [],
    limits: limits ?? {},
    tiers: tiers ?? {},
  };
  return JSON.stringify(settings);
}
