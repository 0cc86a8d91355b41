import { type Run, RunAbort } from './run.ts';

/**
 * Whether a person's stop ended what a run was waiting for.
 *
 * @throws what else ended it: a lost turn, a failed write
 */
export function wasStopped({ signal }: Run): boolean {
  if (!signal.aborted) return false;
  const reason: unknown = signal.reason;
  if (!(reason instanceof RunAbort)) throw reason;
  if (reason.abortCause !== 'stop') throw reason.cause ?? reason;
  return true;
}
