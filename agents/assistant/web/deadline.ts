/** Work that ended because its own time was over, not because its caller ended it. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly code = 'ETIMEDOUT';
}

/**
 * Runs work with a signal that is aborted with the caller's or when the time is over, whichever comes first, and
 * waits no longer than that for it, also where the work does not know the signal (a name being resolved).
 *
 * @throws what `work` throws; DeadlineError; the outer signal's reason
 */
export async function within<T>(
  ms: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const controller = new AbortController();
  const forward = () => controller.abort(outer.reason);
  outer.addEventListener('abort', forward, { once: true });
  const timer = setTimeout(() => controller.abort(new DeadlineError()), ms);
  const { signal } = controller;
  const ended = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(signal), ended]);
  } catch (error) {
    // A socket that was closed for it tells of the closing, not of the reason.
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', forward);
  }
}
