import { resultLimitBytes, stepLimitBytes } from './result-limits.ts';

/** However much the others took, a result keeps this much room, or its even share where there are many. */
const KEPT_BYTES = 4 * 1024;

/** Shares the room of one step among its results, in the order in which they come. All amounts are UTF-8 bytes. */
export interface ResultBudget {
  /** Takes room for a result. @returns how much of `bytes` it may have */
  take(bytes: number): number;
}

/**
 * Results come while other calls still run, so each that is still to come keeps a little room: small ones are never
 * cut, and of large ones the later get what is left (case K-31).
 *
 * @param calls how many results there may be
 * @param contextTokens the model's window, where it is known
 */
export function createResultBudget(calls: number, contextTokens?: number): ResultBudget {
  const each = resultLimitBytes(contextTokens);
  let left = stepLimitBytes(contextTokens);
  let toCome = Math.max(1, calls);
  const kept = Math.min(KEPT_BYTES, Math.floor(left / toCome));
  return {
    take(bytes) {
      toCome = Math.max(0, toCome - 1);
      const room = Math.max(kept, left - toCome * kept);
      const taken = Math.min(bytes, each, room);
      left = Math.max(0, left - taken);
      return taken;
    },
  };
}
