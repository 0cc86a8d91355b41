import { type SlackApi, SlackCallError } from '../slack/api.ts';
import { keys } from '../store/keys.ts';
import { noteSession } from './beside/session-status.ts';
import { awaitBudget } from './budget/await-budget.ts';
import { returnSlots } from './budget/await-slot.ts';
import type { RelayDeps } from './deps.ts';
import type { HeldRelay } from './lease.ts';
import { placeOf } from './place.ts';
import { beginsStandIn, type PlannedCall } from './plan/plan.ts';
import type { RelayMessageRecord, RelayView, Spot } from './record.ts';
import { afterFailure } from './recovery/after-failure.ts';
import { queueGuard } from './wakes/guard.ts';

/**
 * `done`: the call was applied. `replan`: it was not, and the view is another now: the log is to be read again.
 * `comeBack`: not before that time.
 */
export type Executed = { kind: 'done' | 'replan' } | { kind: 'comeBack'; at: number };

/**
 * Makes one planned call: budget, guard, mark in flight, Slack, result. The result is kept in memory and written
 * with whatever is written next; a crash before that leaves the call in doubt, which the next relay resolves.
 *
 * @throws LeaseLostError
 */
export async function executeCall(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  call: PlannedCall,
): Promise<Executed> {
  const granted = await awaitBudget(deps, held, call);
  if (granted) return granted;
  await queueGuard(deps, held, call.after.message ?? held.record.view.message);
  held.change({ inFlight: { method: call.method, at: deps.now(), after: call.after, ...call.mark } });
  await held.save();
  try {
    const { ts } = await slack.call<{ ts?: string }>(call.method, argumentsOf(held, call));
    noteSession(held, call, deps.now());
    const settled = await settle(deps, held, call.after, { ts, isProgress: beginsStandIn(call) });
    // At an end or a pause nothing is left that a slot could be for.
    if (call.priority === 'end') await returnSlots(deps, held);
    return settled;
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    deps.log.warn('Slack call failed', {
      turnId: held.record.turnId,
      method: call.method,
      error: error.message,
    });
    return afterFailure(deps, held, slack, call, error.failure);
  }
}

function argumentsOf({ record }: HeldRelay, { method, args }: PlannedCall): Record<string, unknown> {
  const { channel, threadTs, view } = record;
  switch (method) {
    case 'chat.appendStream':
    case 'chat.stopStream':
      return { channel, ts: view.message?.ts, ...args };
    case 'chat.update':
      return { channel, ts: view.progress?.ts, ...args };
    case 'chat.startStream':
      return { channel, thread_ts: threadTs, ...args };
    case 'chat.postMessage':
      return { ...placeOf(record), ...args };
  }
}

/** The call was applied: its view stands, with the message's place if it opened one. */
export async function settle(
  deps: Pick<RelayDeps, 'now'>,
  held: HeldRelay,
  after: RelayView,
  { ts, isProgress }: { ts: string | undefined; isProgress: boolean },
): Promise<Executed> {
  const { record } = held;
  const before = record.view;
  let view = after;
  if (view.message?.ts === '' && ts !== undefined) {
    view = { ...view, message: { ...view.message, ts } };
    await held.put({
      ...keys.relayMessage(record.turnId, view.messages),
      ...messageRecord(held, before.spot, view.messages, ts, deps.now()),
    });
  }
  if (view.progress && isProgress && ts !== undefined) view = { ...view, progress: { ...view.progress, ts } };
  if (view.whole && view.whole.parts > (before.whole?.parts ?? 0) && ts !== undefined)
    view = { ...view, whole: { ...view.whole, ts } };
  const appended = before.message !== undefined && view.message?.ts === before.message.ts;
  held.change({
    view,
    inFlight: undefined,
    retry: undefined,
    ...(appended ? { lastAppendAt: deps.now() } : {}),
  });
  return { kind: 'done' };
}

function messageRecord(held: HeldRelay, from: Spot, n: number, ts: string, now: number): RelayMessageRecord {
  const { turnId, channel, installationId, requester } = held.record;
  return { v: 1, turnId, n, ts, channel, installationId, requester, openedAt: now, from };
}
