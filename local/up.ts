import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { keyFieldOf } from '../core/models/model-name.ts';
import { SettingsError } from '../infra/settings.ts';
import { readSettings } from '../infra/settings-sources.ts';
import { bootstrap, type DeployOptions, deploy } from './deploy.ts';
import { startEmulator, stopEmulator } from './emulator.ts';
import { LocalError } from './local-error.ts';
import { placesIn } from './places.ts';
import { putSecret } from './secrets.ts';
import { describeStack, type LocalStack, removeStackFile, writeStackFile } from './stack-file.ts';

/** The app's id in a local workspace, unless another is asked for. */
export const defaultAppId = 'A0SLUICE001';

export interface UpOptions {
  stateDir: string;
  /** The emulator's port. */
  port: number;
  /** Settings of the deployment; `model` must be among them. */
  settings: DeployOptions['settings'];
  /** Slack's signing secret of the app. @default made at random */
  signingSecret?: string;
  /** @default defaultAppId */
  appId?: string;
  /** The API key of an openai-compatible server, where it wants one. */
  modelApiKey?: string;
  /** The CDK app's command. @default what cdk.json says */
  app?: string;
  /** More environment for the emulator. */
  emulatorEnv?: Readonly<Record<string, string>>;
  say?: (line: string) => void;
  /** Stops a start that is under way. */
  signal?: AbortSignal;
}

/**
 * Starts the emulator, deploys the stack to it, fills its secrets and writes `stack.json`. All of it goes on
 * running when this process ends; `down` with the same state directory ends it. When something fails, what was
 * started is ended.
 *
 * @throws LocalError saying what to do
 */
export async function up(options: UpOptions): Promise<LocalStack> {
  const { stateDir, port, settings, say, app, signal } = options;
  checkSettings(settings);
  mkdirSync(stateDir, { recursive: true });
  removeStackFile(stateDir);
  rmSync(placesIn(stateDir).cdkOut, { recursive: true, force: true });
  const { endpoint } = await startEmulator({
    stateDir,
    port,
    ...(options.emulatorEnv ? { env: options.emulatorEnv } : {}),
    ...(say ? { say } : {}),
  });
  try {
    const target: DeployOptions = {
      stateDir,
      endpoint,
      settings,
      ...(app ? { app } : {}),
      ...(say ? { say } : {}),
      ...(signal ? { signal } : {}),
    };
    await bootstrap(target);
    const stack = describeStack({
      endpoint,
      outputs: await deploy(target),
      signingSecret: options.signingSecret ?? randomBytes(16).toString('hex'),
      appId: options.appId ?? defaultAppId,
    });
    await putSecret(endpoint, stack.slackSecretArn, { signingSecret: stack.signingSecret });
    if (options.modelApiKey)
      await putSecret(endpoint, stack.providerSecretArn, {
        [keyFieldOf(stack.model) ?? 'openai-compatible']: options.modelApiKey,
      });
    writeStackFile(stateDir, stack);
    return stack;
  } catch (error) {
    await stopEmulator(stateDir);
    throw error;
  }
}

/** Wrong settings are told before anything is started for them. */
function checkSettings(settings: UpOptions['settings']): void {
  const texts = Object.entries(settings).map(([key, value]) => [key, String(value)]);
  try {
    readSettings({ ...Object.fromEntries(texts), local: 'true' }, {});
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new LocalError(error.problems.join('\n'), { cause: error });
  }
}

/**
 * Deploys again to a stack that runs, with other settings or changed code. Secrets and addresses stay.
 *
 * @returns what `stack.json` says now
 */
export async function redeploy(
  stack: LocalStack,
  options: Pick<UpOptions, 'stateDir' | 'settings' | 'app' | 'say'>,
): Promise<LocalStack> {
  const { awsEndpoint: endpoint, signingSecret, appId } = stack;
  const outputs = await deploy({ ...options, endpoint });
  const after = describeStack({ endpoint, outputs, signingSecret, appId });
  writeStackFile(options.stateDir, after);
  return after;
}
