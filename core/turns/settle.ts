import { parseExecutionName } from '../ids.ts';
import { cancelAuditActions, cancelPauseAction, loadPause } from '../pauses/store.ts';
import { checkAt, keys } from '../store/keys.ts';
import type { Action } from '../store/store.ts';
import { takeOverTurn } from './begin.ts';
import { type EndDeps, endFromOutside } from './end-turn.ts';
import type { TurnRecord } from './record.ts';
import { hasEnded } from './transitions.ts';

/** From the state machine's Settle state, or from EventBridge when an execution failed, timed out or was aborted. */
export type SettleInput =
  | { turnId: string; epoch: number; error?: string }
  | { detail: { name: string; status: string } };

export interface Settled {
  outcome: 'failed' | 'already_ended' | 'not_ours' | 'newer_epoch';
  turnId?: string;
}

const REASON = 'Something went wrong on my side and I could not finish this. Please ask again.';
const ROUNDS = 6;

/**
 * Ends a turn whose execution is over without having ended it: the person gets a sentence, the session is free
 * and the next queued message runs. Repeating it does nothing. An execution of an older epoch was replaced by
 * another one, which is none of this one's business.
 */
export async function settleTurn(deps: EndDeps, input: SettleInput): Promise<Settled> {
  const named = 'detail' in input ? parseExecutionName(input.detail.name) : input;
  if (!named) return { outcome: 'not_ours' };
  const { turnId, epoch } = named;
  for (let round = 0; round < ROUNDS; round++) {
    const turn = await deps.store.get<TurnRecord>(keys.turn(turnId));
    if (!turn) return { outcome: 'not_ours', turnId };
    if (hasEnded(turn)) return { outcome: 'already_ended', turnId };
    if (turn.epoch !== epoch) return { outcome: 'newer_epoch', turnId };
    if (await failTurn(deps, turn, REASON)) return { outcome: 'failed', turnId };
  }
  throw new Error(`Turn ${turnId} moved at every try to settle it.`);
}

/** Takes a turn away from whatever may still run and ends it as failed. @returns false when it moved meanwhile */
export async function failTurn(deps: EndDeps, turn: TurnRecord, reason: string): Promise<boolean> {
  const taken = await takeOverTurn(deps, turn);
  if (!taken) return false;
  const cancel = await cancelPauseOf(deps, taken, 'sluice');
  // One that broke off behind its last answer has not failed for people.
  const end = taken.ending ?? { state: 'failed', reason };
  return (await endFromOutside(deps, taken, end, cancel)) === 'ended';
}

/** The writes that close the pause of a turn that ends while people are asked; none when nobody is. */
export async function cancelPauseOf(deps: EndDeps, turn: TurnRecord, by: string): Promise<Action[]> {
  const pause =
    turn.state === 'paused' && turn.pauseId ? await loadPause(deps.store, turn.pauseId) : undefined;
  if (!pause || pause.state === 'consumed' || pause.state === 'cancelled') return [];
  const now = deps.now();
  return [
    cancelPauseAction(pause, by, 'stop', now),
    ...cancelAuditActions(pause, by, now),
    // A relay whose turn waits is looked at by nobody: if the wake behind this end is lost, the sweep sends it.
    { update: { key: keys.relay(turn.turnId), set: checkAt(turn.turnId, now + deps.limits.startCheckMs) } },
  ];
}
