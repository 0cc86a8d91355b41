import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { down, START_NAME, stopStart } from './down.ts';
import { cleanEnvironment } from './emulator.ts';
import { LocalError } from './local-error.ts';
import { placesIn, projectRoot } from './places.ts';
import { holderOf, isFree } from './ports.ts';
import { buildPage } from './slack/build-page.ts';
import { SEED, type SlackSimulator, startSlackSimulator } from './slack/server.ts';
import type { LocalStack } from './stack-file.ts';
import { localDisplays, makeSurfaceChannels } from './surface-channels.ts';
import { type UpOptions, up } from './up.ts';

export interface StartOptions
  extends Pick<UpOptions, 'stateDir' | 'port' | 'settings' | 'modelApiKey' | 'app'> {
  /** The simulator's port: where its page is. */
  slackPort: number;
  say: (line: string) => void;
  /** Aborted by Ctrl-C: what was started is ended then. */
  signal: AbortSignal;
}

/**
 * Runs everything on this machine until the signal: emulator, stack, Slack simulator with the app installed in its
 * workspace. What an earlier run of the same state directory left behind is ended first. Everything that was
 * started is ended before this returns, whatever happened.
 *
 * @throws LocalError saying what to do
 */
export async function start(options: StartOptions): Promise<void> {
  const { stateDir, say, signal, slackPort } = options;
  const { pidFile } = placesIn(stateDir);
  mkdirSync(stateDir, { recursive: true });
  if (await stopStart(stateDir)) say('Ended an earlier run.');
  writeFileSync(pidFile(START_NAME), `${process.pid}\n`);
  let simulator: SlackSimulator | undefined;
  try {
    simulator = await startSimulator(slackPort);
    await makeSurfaceChannels(simulator.url);
    const stack = await up({
      ...options,
      settings: {
        displays: localDisplays(),
        ...options.settings,
        slackApiUrl: `${simulator.url}/api/`,
      },
      appId: SEED.app,
    });
    await introduce(simulator, stack, options);
    say('Installing the app in the workspace …');
    await installApp(options);
    tell(say, simulator.url, stack, stateDir);
    await aborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    say('Ending …');
    await simulator?.close();
    await down(stateDir);
    rmSync(pidFile(START_NAME), { force: true });
  }
}

async function startSimulator(port: number): Promise<SlackSimulator> {
  if (!(await isFree(port)))
    throw new LocalError(
      `Port ${port} is taken by ${holderOf(port) ?? 'another process'}. End it, or choose another port for the Slack simulator with \`--slack-port\`.`,
    );
  // Before anybody opens it, so that a page that cannot be built is said here.
  await buildPage();
  return startSlackSimulator({ port });
}

/** Makes the simulator's app what the manifest of this stack says: addresses, events, and its scopes and no more. */
async function introduce(simulator: SlackSimulator, stack: LocalStack, options: StartOptions): Promise<void> {
  const manifest: unknown = JSON.parse(
    await commandLine(options, ['manifest', '--name', 'sluice'], 'The manifest could not be made'),
  );
  const response = await fetch(`${simulator.url}/_admin/app`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ manifest, signingSecret: stack.signingSecret }),
  });
  if (!response.ok)
    throw new LocalError(`The Slack simulator refused the app's manifest: ${await response.text()}`);
}

async function installApp(options: StartOptions): Promise<void> {
  await commandLine(
    options,
    ['install', '--team', SEED.team, '--app', SEED.app],
    'The app could not be installed',
  );
}

/**
 * Runs the command line on this stack, as anybody would: the simulator shares no code with what it simulates, nor
 * does this file.
 *
 * @returns what it printed
 * @throws LocalError beginning with `failure`
 */
async function commandLine(
  { stateDir, signal }: StartOptions,
  [command = '', ...args]: string[],
  failure: string,
): Promise<string> {
  const main = join(projectRoot, 'cli', 'main.ts');
  const child = spawn(process.execPath, [main, command, '--local', '--state-dir', stateDir, ...args], {
    cwd: projectRoot,
    env: { ...cleanEnvironment(), SLUICE_BOT_TOKEN: SEED.botToken },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let printed = '';
  let said = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new LocalError(`${failure}: ${said.trim()}`);
  return printed;
}

function tell(say: StartOptions['say'], url: string, stack: LocalStack, stateDir: string): void {
  say('');
  say(`  Sluice runs:  ${url}`);
  say('');
  say('  Open the page, choose a channel and write, for example:');
  say('    @sluice hello                what it can show');
  say('    @sluice use 5 tools          steps, live');
  say('    @sluice ask me               an approval');
  say('  In #timeline and #final turns are shown in other ways.');
  say(`  Model: ${stack.model}.  All addresses: ${placesIn(stateDir).stackFile}`);
  say('  Ctrl-C ends everything.');
  say('');
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
