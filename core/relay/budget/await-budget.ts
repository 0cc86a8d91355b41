import type { RelayDeps } from '../deps.ts';
import type { Executed } from '../execute-plan.ts';
import type { HeldRelay } from '../lease.ts';
import { placeOf } from '../place.ts';
import type { PlannedCall } from '../plan/plan.ts';
import { inWhole } from '../recovery/recover.ts';
import { standIn } from '../stand-in.ts';
import { awaitSlot, reserveSlot, SHORT_WAIT_MS } from './await-slot.ts';

const replan: Executed = { kind: 'replan' };

/** So long a stream that ended in the middle of its turn may leave the thread as it is. */
const GAP_MS = 10_000;

/**
 * Takes the budget for a planned call. Where a stream may not be opened or stopped soon, the turn is shown in another
 * way until then.
 *
 * @returns what to do instead when the call may not go out now
 */
export async function awaitBudget(
  deps: RelayDeps,
  held: HeldRelay,
  call: PlannedCall,
): Promise<Executed | undefined> {
  const { method, priority } = call;
  if (method === 'chat.stopStream' && priority === 'text') {
    const later = await awaitNextStream(deps, held);
    if (later) return later;
  }
  const slot = await awaitSlot(deps, held, { method, priority, channel: placeOf(held.record).channel });
  if (slot.kind === 'granted') return undefined;
  const { view } = held.record;
  if (method === 'chat.stopStream' && priority === 'end' && view.message) {
    // Its text goes first, where there is room for an append.
    if (view.message.stopsAt === slot.at) return { kind: 'comeBack', at: slot.at };
    held.change({ view: { ...view, message: { ...view.message, stopsAt: slot.at } } });
    return replan;
  }
  const patienceMs = priority === 'text' ? GAP_MS : deps.limits.startWaitMs;
  if (method !== 'chat.startStream' || slot.at - deps.now() <= patienceMs)
    return { kind: 'comeBack', at: slot.at };
  // Nothing more will come: what there is need not wait for a stream.
  held.change({ view: priority === 'end' ? inWhole(view, view.spot) : standIn(view, slot.at) });
  return replan;
}

/**
 * Rolling over takes two calls: the open message is left only when the next one may open, or Slack would end it.
 * Until then what is too old goes on to be written; what is full waits.
 */
async function awaitNextStream(deps: RelayDeps, held: HeldRelay): Promise<Executed | undefined> {
  const slotAt = await reserveSlot(deps, held, { method: 'chat.startStream', priority: 'text' });
  const now = deps.now();
  const { view } = held.record;
  const { message } = view;
  const at = Math.min(slotAt, message ? message.openedAt + deps.limits.streamAgeMs : slotAt);
  if (at - now <= SHORT_WAIT_MS) return undefined;
  if (!message || message.full || (message.waits && now < message.rollAt)) return { kind: 'comeBack', at };
  held.change({ view: { ...view, message: { ...message, rollAt: at, waits: true } } });
  return replan;
}
