import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { StackOutputs } from './deploy.ts';
import { region } from './emulator.ts';
import { LocalError } from './local-error.ts';
import { placesIn } from './places.ts';

/** `stack.json`: all that somebody needs who wants to drive the running local stack. */
export interface LocalStack {
  /** Base of the deployed API for plain HTTP clients; `${apiUrl}/slack/events` takes events. */
  apiUrl: string;
  awsEndpoint: string;
  region: string;
  table: string;
  bucket: string;
  stateMachineArn: string;
  wakeQueueUrl: string;
  deadLetterQueueUrl: string;
  slackSecretArn: string;
  providerSecretArn: string;
  tokenKeyArn: string;
  /** Deployed names by short name: `run-turn`, `status-relay`, … */
  functions: Record<string, string>;
  slackApiUrl: string;
  model: string;
  signingSecret: string;
  /** The app that events must name as `api_app_id`. */
  appId: string;
}

export interface StackFacts {
  endpoint: string;
  outputs: StackOutputs;
  signingSecret: string;
  appId: string;
}

/** Puts together what `stack.json` says. */
export function describeStack({ endpoint, outputs, signingSecret, appId }: StackFacts): LocalStack {
  const output = (name: string): string => {
    const value = outputs[name];
    if (value === undefined) throw new LocalError(`The deployed stack has no output ${name}.`);
    return value;
  };
  // The emulator's own name for the API does not resolve outside browsers; this form needs no name.
  const apiId = new URL(output('ApiUrl')).hostname.split('.')[0];
  return {
    apiUrl: `${endpoint}/_aws/execute-api/${apiId}/$default`,
    awsEndpoint: endpoint,
    region,
    table: output('TableName'),
    bucket: output('BucketName'),
    stateMachineArn: output('StateMachineArn'),
    wakeQueueUrl: output('WakeQueueUrl'),
    deadLetterQueueUrl: output('DeadLetterQueueUrl'),
    slackSecretArn: output('SlackSecretArn'),
    providerSecretArn: output('ProviderSecretArn'),
    tokenKeyArn: output('TokenKeyArn'),
    functions: {
      'slack-events': output('SlackEventsFunction'),
      'slack-interactions': output('SlackInteractionsFunction'),
      'run-turn': output('RunTurnFunction'),
      'status-relay': output('StatusRelayFunction'),
      settle: output('SettleFunction'),
      sweep: output('SweepFunction'),
    },
    slackApiUrl: output('SlackApiUrl'),
    model: output('Model'),
    signingSecret,
    appId,
  };
}

/** Writes `stack.json`, readable by its owner alone: the signing secret is in it. */
export function writeStackFile(stateDir: string, stack: LocalStack): string {
  const { stackFile } = placesIn(stateDir);
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(stackFile, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  return stackFile;
}

/** @throws LocalError saying how to start a stack when there is none */
export function readStackFile(stateDir: string): LocalStack {
  const { stackFile } = placesIn(stateDir);
  if (!existsSync(stackFile))
    throw new LocalError(
      `There is no local stack (no ${stackFile}). Start one with \`npm start\` or \`npm run local -- up\`, or name another with --state-dir.`,
    );
  return JSON.parse(readFileSync(stackFile, 'utf8')) as LocalStack;
}

export function removeStackFile(stateDir: string): void {
  rmSync(placesIn(stateDir).stackFile, { force: true });
}
