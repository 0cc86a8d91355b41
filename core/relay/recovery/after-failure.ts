import type { SlackApi, SlackFailure } from '../../slack/api.ts';
import { keys } from '../../store/keys.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { forgetSession } from '../beside/session-status.ts';
import { blockMethod } from '../budget/budget.ts';
import type { RelayDeps } from '../deps.ts';
import type { Executed } from '../execute-plan.ts';
import type { HeldRelay } from '../lease.ts';
import { placeOf } from '../place.ts';
import { beginsStandIn, type PlannedCall } from '../plan/plan.ts';
import { type Next, nextAfter } from './failures.ts';
import { messageStart } from './message-start.ts';
import { recover } from './recover.ts';
import { comeBackAfterFailure } from './retry.ts';
import { stillStands } from './still-stands.ts';

const replan: Executed = { kind: 'replan' };

/** Carries out what the failure table says of a call that Slack refused or did not answer. */
export async function afterFailure(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  call: PlannedCall,
  failure: SlackFailure,
): Promise<Executed> {
  const next = await lookCloser(deps, held, slack, nextAfter(call.method, failure));
  if (next === 'ask') return comeBackAfterFailure(deps, held);
  held.change({ inFlight: undefined });
  // With a stream that it ended by itself, Slack has changed the session too.
  if (failure.kind === 'platform' && held.record.view.message) forgetSession(held);
  if (next === 'wait') {
    const at = deps.now() + (failure.kind === 'rate_limited' ? failure.retryAfterMs : 0);
    await blockMethod(deps, held.record, call.method, at, placeOf(held.record).channel);
    return replan;
  }
  const isStandIn = beginsStandIn(call) && next !== 'slow' && next !== 'repeat';
  const recovery = recover(
    held.record.view,
    isStandIn ? 'withoutProgress' : next,
    call,
    next === 'restart' ? await messageStart(deps, held) : undefined,
  );
  if ('again' in recovery) return comeBackAfterFailure(deps, held, recovery.again);
  held.change({ view: recovery.view });
  return replan;
}

/** A stream takes no more, and Slack's one word for that has several reasons: it ended, was deleted, or was stopped. */
async function lookCloser(
  { store }: Pick<RelayDeps, 'store'>,
  { record }: HeldRelay,
  slack: SlackApi,
  next: Next,
): Promise<Next> {
  const { message } = record.view;
  if (next !== 'reopen' || !message) return next;
  const stands = await stillStands(slack, record, message.ts);
  if (stands !== true) return stands === false ? 'restart' : 'ask';
  // A person's will (case S-6): no replacement is opened, and what is missing is said whole at the end.
  const turn = await store.get<TurnRecord>(keys.turn(record.turnId));
  return turn?.stopRequest ? 'whole' : 'reopen';
}
