/** How often a conflicting write is tried again, and how long it waits at most in between. */
const ATTEMPTS = 8;
const BASE_MS = 15;
const CAP_MS = 250;

export interface ConflictTools {
  sleep: (ms: number) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TransactionConflictException' || error.name === 'TransactionInProgressException')
    return true;
  if (error.name !== 'TransactionCanceledException') return false;
  const reasons = (error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? [];
  // A condition that failed is an answer; only a mere collision is worth another try.
  return (
    reasons.some((r) => r.Code === 'TransactionConflict') &&
    !reasons.some((r) => r.Code === 'ConditionalCheckFailed')
  );
}

/**
 * Repeats a write that met another transaction on one of its items. AWS cancels both writers in that case
 * (TransactionCanceledException with reason TransactionConflict, or TransactionConflictException for a plain
 * write) and the SDK retries neither. Full jitter, since the rivals would meet again otherwise.
 *
 * @throws the last conflict after eight attempts, and every other error at once
 */
export async function withConflictRetry<T>(write: () => Promise<T>, tools: ConflictTools): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error) || attempt >= ATTEMPTS) throw error;
      await tools.sleep(tools.random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
    }
  }
}
