import type { SlackApi } from '../../slack/api.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { SHORT_WAIT_MS } from '../budget/await-slot.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import { tendReactions } from './reactions.ts';
import { tendSession } from './session-status.ts';
import { tendTitle } from './show-title.ts';
import { tendLine } from './tend-line.ts';

interface Visit {
  turn: TurnRecord;
  successorId?: string | undefined;
  /** When text, cards or the end go on, if they do not wait for anything new. */
  comeBackAt?: number | undefined;
  /** All that the turn has to say stands in Slack. */
  done: boolean;
}

/**
 * What people see of a turn beside its text: the session's status and title, reactions, the line for everyone. It comes last in
 * a visit and never in the way of text: not right before a call that is due, and not while Slack does not answer.
 *
 * @returns when to come back for it; whoever has text meanwhile wakes the relay as ever
 */
export async function tendPresence(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  { turn, successorId, comeBackAt, done }: Visit,
): Promise<number | undefined> {
  const { inFlight, retry } = held.record;
  if (inFlight || (retry && !done)) return undefined;
  if (comeBackAt !== undefined && comeBackAt <= deps.now() + SHORT_WAIT_MS) return undefined;
  const successor = successorId !== undefined;
  const times = [
    await tendSession(deps, held, slack, turn, successor),
    await tendReactions(deps, held, slack, turn),
    await tendLine(deps, held, slack, turn, successor),
    await tendTitle(deps, held, slack),
  ].filter((at) => at !== undefined);
  return times.length > 0 ? Math.min(...times) : undefined;
}
