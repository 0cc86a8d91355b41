import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a process may take to end by itself before it is killed. */
const GRACE_MS = 3_000;

/** The command line of a process, or undefined if there is none of that id. */
export function commandOf(pid: number): string | undefined {
  const proc = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline')) {
    if (!existsSync(proc)) return undefined;
    const words = readFileSync(proc, 'utf8').split('\0').join(' ').trim();
    // A zombie has no command line any more.
    return words || undefined;
  }
  const ps = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  return ps.stdout?.trim() || undefined;
}

export interface Detached {
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  logFile: string;
  pidFile: string;
}

/**
 * Starts a process as leader of a group of its own, so that it and all that it starts can be ended together, and
 * notes its id. It goes on when this process ends.
 */
export function startDetached({ command, args, env, cwd, logFile, pidFile }: Detached): number {
  mkdirSync(dirname(logFile), { recursive: true });
  mkdirSync(dirname(pidFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const child = spawn(command, [...args], { cwd, env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', () => {});
  child.unref();
  if (child.pid === undefined) throw new Error(`${command} could not be started.`);
  writeFileSync(pidFile, `${child.pid}\n`);
  return child.pid;
}

/**
 * The process that a pid file names, if it still runs and is what we started: ids are given out again, so its
 * command line must contain `mark`.
 */
export function runningFrom(pidFile: string, mark: string): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8').trim());
  return pid > 1 && commandOf(pid)?.includes(mark) ? pid : undefined;
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends the process of a pid file with its whole group, first politely, and removes the file.
 *
 * @returns whether there was anything to end
 */
export async function stopFrom(pidFile: string, mark: string, graceMs = GRACE_MS): Promise<boolean> {
  const pid = runningFrom(pidFile, mark);
  if (pid !== undefined) {
    signalGroup(pid, 'SIGTERM');
    const deadline = Date.now() + graceMs;
    while (commandOf(pid) !== undefined && Date.now() < deadline) await sleep(50);
    // Also what the leader left behind, such as the processes of functions.
    signalGroup(pid, 'SIGKILL');
    while (commandOf(pid) !== undefined) await sleep(20);
  }
  rmSync(pidFile, { force: true });
  return pid !== undefined;
}
