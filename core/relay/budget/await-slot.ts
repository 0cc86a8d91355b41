import type { BudgetedMethod } from '../../settings.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import type { RelayRecord } from '../record.ts';
import { blockedUntil, returnSlot, takeBudget } from './budget.ts';
import { SLOT_GRACE_MS } from './budget-math.ts';
import { goesBefore } from './budget-shares.ts';
import type { Priority } from './priority.ts';

/** A wait this short is no reason for another invocation (rule 1 allows two seconds). */
export const SHORT_WAIT_MS = 1_000;

export interface SlotRequest {
  method: BudgetedMethod;
  priority: Priority;
  /** Where it goes; matters for posts. @default the turn's channel */
  channel?: string;
}

/** `granted`: the call may go out now. `comeBack`: a slot is reserved for that time, kept with the turn. */
export type Slot = { kind: 'granted' } | { kind: 'comeBack'; at: number };

type Slots = NonNullable<RelayRecord['slots']>;
type SlotDeps = Pick<RelayDeps, 'store' | 'now' | 'tiers' | 'measure'>;

/** Takes a slot of the workspace's budget for one call, or uses the one that the turn has reserved before. */
export async function awaitSlot(
  deps: SlotDeps & Pick<RelayDeps, 'sleep'>,
  held: HeldRelay,
  request: SlotRequest,
): Promise<Slot> {
  const at = await reserveSlot(deps, held, request);
  const waitMs = at - deps.now();
  if (waitMs > SHORT_WAIT_MS) return { kind: 'comeBack', at };
  if (waitMs > 0) await deps.sleep(waitMs);
  const { [request.method]: _used, ...slots } = held.record.slots ?? {};
  held.change({ slots: orNone(slots) });
  return { kind: 'granted' };
}

/**
 * Reserves a slot for a call, without using it.
 *
 * @returns its time, epoch milliseconds: now, or the one that the turn had reserved already
 */
export async function reserveSlot(deps: SlotDeps, held: HeldRelay, request: SlotRequest): Promise<number> {
  const { method, priority, channel = held.record.channel } = request;
  const reserved = await usableSlot(deps, held, method, priority, channel);
  if (reserved !== undefined) return reserved;
  const asked = deps.now();
  const take = await takeBudget(deps, held.record, {
    method,
    priority,
    channel,
    maxWaitMs: Number.MAX_SAFE_INTEGER,
  });
  // Too many asked at the same moment: nothing is reserved, and the time is too far away to be waited for here.
  if ('refused' in take) return take.refused;
  deps.measure('BudgetWait', take.at - asked);
  held.change({ slots: { ...held.record.slots, [method]: { at: take.at, for: priority } } });
  return take.at;
}

/** The slot that is reserved, unless it is over, Slack has blocked the method since, or the call has become urgent. */
async function usableSlot(
  deps: SlotDeps,
  held: HeldRelay,
  method: BudgetedMethod,
  priority: Priority,
  channel: string,
): Promise<number | undefined> {
  const slot = held.record.slots?.[method];
  const now = deps.now();
  if (!slot || slot.at + SLOT_GRACE_MS < now) return undefined;
  if (slot.at > now + SHORT_WAIT_MS) {
    if (!goesBefore(priority, slot.for)) return slot.at;
    const { [method]: _given, ...kept } = held.record.slots ?? {};
    await giveBack(deps, held, kept, { [method]: slot });
    return undefined;
  }
  return (await blockedUntil(deps, held.record, method, channel)) > now ? undefined : slot.at;
}

/** Gives back what was reserved for later: a turn that has nothing new to show asks for nothing. */
export async function returnSlots(deps: SlotDeps, held: HeldRelay): Promise<void> {
  const { slots } = held.record;
  if (!slots) return;
  await giveBack(deps, held, {}, slots);
}

/** Gives back the slot of a stop that is not needed any more: what the stream was to be stopped for is over. */
export async function returnStop(deps: SlotDeps, held: HeldRelay): Promise<void> {
  const { message } = held.record.view;
  const { 'chat.stopStream': stop, ...kept } = held.record.slots ?? {};
  if (!stop || !message || message.stopsAt !== undefined) return;
  await giveBack(deps, held, kept, { 'chat.stopStream': stop });
}

/** The record forgets a slot before the budget does: after a crash in between it is wasted, and not used twice. */
async function giveBack(deps: SlotDeps, held: HeldRelay, kept: Slots, given: Slots): Promise<void> {
  held.change({ slots: orNone(kept) });
  const later = (Object.entries(given) as [BudgetedMethod, { at: number }][]).filter(
    ([, { at }]) => at > deps.now(),
  );
  if (later.length === 0) return;
  await held.save();
  for (const [method, { at }] of later) await returnSlot(deps, held.record, method, at);
}

const orNone = <T extends object>(slots: T): T | undefined =>
  Object.keys(slots).length > 0 ? slots : undefined;
