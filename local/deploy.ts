import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { account, awsEnvironment, cleanEnvironment, region } from './emulator.ts';
import { LocalError } from './local-error.ts';
import { type Places, placesIn, projectRoot } from './places.ts';

export interface DeployOptions {
  stateDir: string;
  /** The emulator's address. */
  endpoint: string;
  /** Settings as `-c key=value` takes them: `model`, `slackApiUrl`, `limits.leaseMs`, … */
  settings: Readonly<Record<string, string | number>>;
  /** The CDK app's command. @default what cdk.json says */
  app?: string;
  say?: (line: string) => void;
  /** Ends the CDK when it is aborted. */
  signal?: AbortSignal;
}

/** The stack's outputs by name: ApiUrl, TableName, StateMachineArn, … */
export type StackOutputs = Readonly<Record<string, string>>;

const stackName = 'Sluice';

/** Runs the CDK command line; what it says goes to a log, whose end is shown when it fails. */
async function cdk(
  args: readonly string[],
  options: DeployOptions,
  places: Places,
  logName: string,
): Promise<void> {
  const logFile = places.logFile(logName);
  mkdirSync(places.logDir, { recursive: true });
  const child = spawn(
    join(projectRoot, 'node_modules', '.bin', 'node'),
    [join(projectRoot, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args],
    {
      cwd: projectRoot,
      env: { ...cleanEnvironment(), ...awsEnvironment(options.endpoint), CDK_DISABLE_CLI_TELEMETRY: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.signal ? { signal: options.signal } : {}),
    },
  );
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
  await new Promise<void>((resolve) => log.end(resolve));
  if (code === 0) return;
  const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-40).join('\n');
  throw new LocalError(`\`cdk ${args[0]}\` failed. The whole log: ${logFile}\n${tail}`);
}

/** Prepares the emulator's account for the CDK; once per emulator. */
export async function bootstrap(options: DeployOptions): Promise<void> {
  const places = placesIn(options.stateDir);
  options.say?.('Preparing the emulated account (cdk bootstrap) …');
  // With a target named, the CDK needs no app for this.
  await cdk(
    ['bootstrap', `aws://${account}/${region}`, '--app', '', '--no-notices', '--ci'],
    options,
    places,
    'bootstrap',
  );
}

/**
 * Deploys the CDK app to the emulator, or what changed of it.
 *
 * @returns the stack's outputs
 * @throws LocalError with the end of what the CDK said
 */
export async function deploy(options: DeployOptions): Promise<StackOutputs> {
  const places = placesIn(options.stateDir);
  options.say?.('Deploying the stack (cdk deploy) …');
  const settings: Record<string, string | number> = { ...options.settings, local: 'true' };
  await cdk(
    [
      'deploy',
      stackName,
      ...(options.app ? ['--app', options.app] : []),
      '--method=direct',
      '--require-approval=never',
      '--no-notices',
      '--ci',
      `--output=${places.cdkOut}`,
      `--outputs-file=${places.outputsFile}`,
      ...Object.entries(settings).flatMap(([key, value]) => ['--context', `${key}=${value}`]),
    ],
    options,
    places,
    'deploy',
  );
  return readOutputs(places);
}

function readOutputs(places: Places): StackOutputs {
  const outputs = existsSync(places.outputsFile)
    ? (JSON.parse(readFileSync(places.outputsFile, 'utf8')) as Record<string, StackOutputs>)[stackName]
    : undefined;
  if (!outputs) throw new LocalError(`The deployment left no outputs in ${places.outputsFile}.`);
  return outputs;
}
