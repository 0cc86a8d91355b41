import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopEmulator } from './emulator.ts';
import { placesIn } from './places.ts';
import { commandOf, runningFrom } from './processes.ts';
import { removeStackFile } from './stack-file.ts';

/** The pid file of a running `npm start`, and what its command line holds. */
export const START_NAME = 'start';
const START_MARK = 'local/main.ts';

/** How long a running `npm start` may take to end what it started. */
const GRACE_MS = 8_000;

/** Ends a `npm start` of this state directory that runs in another terminal. @returns whether there was one */
export async function stopStart(stateDir: string): Promise<boolean> {
  const pidFile = placesIn(stateDir).pidFile(START_NAME);
  const pid = runningFrom(pidFile, START_MARK);
  if (pid === process.pid) return false;
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    const deadline = Date.now() + GRACE_MS;
    while (commandOf(pid) !== undefined && Date.now() < deadline) await sleep(50);
    if (commandOf(pid) !== undefined) process.kill(pid, 'SIGKILL');
  }
  rmSync(pidFile, { force: true });
  return pid !== undefined;
}

/** Ends all that runs for a state directory: `npm start`, emulator, functions. @returns whether anything did */
export async function down(stateDir: string): Promise<boolean> {
  const start = await stopStart(stateDir);
  const emulator = await stopEmulator(stateDir);
  removeStackFile(stateDir);
  return start || emulator;
}
