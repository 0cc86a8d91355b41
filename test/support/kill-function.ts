import { readdirSync, readFileSync } from 'node:fs';
import type { LocalStack } from '../../local/stack-file.ts';

const GONE_MS = 60_000;

/**
 * Ends the processes in which the emulator runs a function, as an out-of-memory kill or a lost host would: without
 * a chance to say goodbye. Returns when they are gone: what is sent to a dying process is lost with it, as on a
 * dying host. Functions of another stack on this machine have the same names; those go on.
 *
 * @returns how many were ended
 */
export async function killFunction(
  { awsEndpoint, functions }: Pick<LocalStack, 'awsEndpoint' | 'functions'>,
  name: keyof LocalStack['functions'],
): Promise<number> {
  const marks = [`AWS_LAMBDA_FUNCTION_NAME=${functions[name]}`, `AWS_ENDPOINT_URL=${awsEndpoint}`];
  const killed: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      if (!marks.every((mark) => environment.includes(mark))) continue;
      process.kill(Number(pid), 'SIGKILL');
      killed.push(pid);
    } catch {
      // It ended by itself, or belongs to somebody else.
    }
  }
  const deadline = Date.now() + GONE_MS;
  for (let dying = killed; dying.length > 0; dying = dying.filter(isRunning)) {
    if (Date.now() > deadline) throw new Error(`Still running: ${dying.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return killed.length;
}

/** Whether a process still runs: neither gone nor waiting to be reaped. */
function isRunning(pid: string): boolean {
  try {
    // pid (name) state …: the name may hold spaces and parentheses.
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
    // The first thread is a zombie before the others have ended, and until they have nobody can reap the process.
    return (state !== 'Z' && state !== 'X') || readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}
