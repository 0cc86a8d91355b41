import type { BudgetedMethod } from '../settings.ts';
import { blockedUntil, takeBudget } from './budget.ts';
import { SLOT_GRACE_MS } from './budget-math.ts';
import type { RelayDeps } from './deps.ts';
import type { HeldRelay } from './lease.ts';

/** A wait this short is no reason for another invocation (rule 1 allows two seconds). */
export const SHORT_WAIT_MS = 1_000;

export interface SlotRequest {
  method: BudgetedMethod;
  /** May use the part of the budget that is kept for last flushes and pause cards. */
  urgent: boolean;
  /** No slot is reserved farther ahead than this. @default any time */
  maxWaitMs?: number;
}

/**
 * `granted`: the call may go out now. `comeBack`: a slot is reserved for that time, kept with the turn. `refused`:
 * there is none within `maxWaitMs`; there may be at that time.
 */
export type Slot = { kind: 'granted' } | { kind: 'comeBack' | 'refused'; at: number };

/** Takes a slot of the workspace's budget for one call, or uses the one that the turn has reserved before. */
export async function awaitSlot(deps: RelayDeps, held: HeldRelay, request: SlotRequest): Promise<Slot> {
  const { method, urgent, maxWaitMs = Number.MAX_SAFE_INTEGER } = request;
  let at = await reservedSlot(deps, held, method);
  if (at === undefined) {
    const take = await takeBudget(deps, held.record, { method, urgent, maxWaitMs });
    if ('refused' in take) return { kind: 'refused', at: take.refused };
    at = take.at;
  }
  const waitMs = at - deps.now();
  if (waitMs > SHORT_WAIT_MS) {
    held.change({ slot: { method, at } });
    return { kind: 'comeBack', at };
  }
  if (waitMs > 0) await deps.sleep(waitMs);
  return { kind: 'granted' };
}

/** The slot that was reserved for this method, unless it is over or Slack has blocked the method since. */
async function reservedSlot(
  deps: RelayDeps,
  held: HeldRelay,
  method: BudgetedMethod,
): Promise<number | undefined> {
  const { slot } = held.record;
  if (slot?.method !== method || slot.at + SLOT_GRACE_MS < deps.now()) return undefined;
  if (slot.at > deps.now() + SHORT_WAIT_MS) return slot.at;
  return (await blockedUntil(deps, held.record, method)) > deps.now() ? undefined : slot.at;
}
