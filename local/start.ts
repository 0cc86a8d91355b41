import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { down, START_NAME, stopStart } from './down.ts';
import { cleanEnvironment } from './emulator.ts';
import { LocalError } from './local-error.ts';
import { placesIn, projectRoot } from './places.ts';
import { holderOf, isFree } from './ports.ts';
import { SEED, type SlackSimulator, startSlackSimulator } from './slack/server.ts';
import type { LocalStack } from './stack-file.ts';
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
    const stack = await up({
      ...options,
      settings: { ...options.settings, slackApiUrl: `${simulator.url}/api/` },
      appId: SEED.app,
    });
    await introduce(simulator, stack);
    say('Installing the app in the workspace …');
    await installApp(stateDir, signal);
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
  return startSlackSimulator({ port });
}

/** Tells the simulator where the app is. */
async function introduce(simulator: SlackSimulator, { apiUrl, signingSecret }: LocalStack): Promise<void> {
  const response = await fetch(`${simulator.url}/_admin/app`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      eventsUrl: `${apiUrl}/slack/events`,
      interactionsUrl: `${apiUrl}/slack/interactions`,
      signingSecret,
    }),
  });
  if (!response.ok)
    throw new LocalError(`The Slack simulator refused the app's addresses: ${await response.text()}`);
}

/** By the command line, as anybody would. The simulator shares no code with what it simulates, nor does this file. */
async function installApp(stateDir: string, signal: AbortSignal): Promise<void> {
  const args = ['install', '--local', '--state-dir', stateDir, '--team', SEED.team, '--app', SEED.app];
  const child = spawn(process.execPath, [join(projectRoot, 'cli', 'main.ts'), ...args], {
    cwd: projectRoot,
    env: { ...cleanEnvironment(), SLUICE_BOT_TOKEN: SEED.botToken },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new LocalError(`The app could not be installed: ${said.trim()}`);
}

function tell(say: StartOptions['say'], url: string, stack: LocalStack, stateDir: string): void {
  say('');
  say(`  Sluice runs:  ${url}`);
  say('');
  say('  Open the page, choose a channel and write, for example:');
  say('    @sluice hello                what it can show');
  say('    @sluice use 5 tools          steps, live');
  say('    @sluice ask me               an approval');
  say(`  Model: ${stack.model}.  All addresses: ${placesIn(stateDir).stackFile}`);
  say('  Ctrl-C ends everything.');
  say('');
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
