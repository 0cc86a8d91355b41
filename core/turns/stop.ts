import { sessionIdOf, type ThreadAddress } from '../ids.ts';
import { resumePause } from '../pauses/resume.ts';
import { loadPause } from '../pauses/store.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import { takeOverTurn } from './begin.ts';
import { type EndDeps, endFromOutside } from './end-turn.ts';
import type { TurnRecord } from './record.ts';
import { cancelPauseOf } from './settle.ts';
import { stopEnd } from './stop-end.ts';
import { eventCondition, hasEnded } from './transitions.ts';

/** `requested`: a run is working and will end the turn itself; `stopped`: nothing ran, the turn has ended. */
export type StopOutcome = 'requested' | 'stopped' | 'nothing_to_stop';

/** Tries of a stop that meets turns on the move (a run that begins, pauses or ends at that moment). */
const ROUNDS = 6;

export interface StopRequest {
  turnId: string;
  /** The person's id, kept with the request. */
  by: string;
  /** A newer message goes before: the end says so. */
  cause?: 'interrupt';
}

/**
 * Stops a turn. While a run works this is a request, which it learns of from its own writes within two seconds;
 * in `starting`, `paused` and `waiting` nothing runs, so this door ends the turn itself.
 * The first request counts.
 */
export async function stopTurn(deps: EndDeps, request: StopRequest): Promise<StopOutcome> {
  const { turnId, by } = request;
  for (let round = 0; round < ROUNDS; round++) {
    const turn = await deps.store.get<TurnRecord>(keys.turn(turnId));
    if (!turn || hasEnded(turn)) return 'nothing_to_stop';
    if (turn.state === 'running') {
      if (turn.stopRequest || (await requestStop(deps, turn, request))) return 'requested';
      continue;
    }
    // A lease without a run: somebody else is just ending it, and each takeover would undo the other's.
    if (round < ROUNDS - 2 && (turn.leaseUntil ?? 0) > deps.now()) continue;
    const taken = await takeOverTurn(deps, turn);
    // Between the look and the takeover a run may have begun: then it is the one to be asked.
    if (taken && taken.state !== 'running') {
      const cancel = await cancelPauseOf(deps, taken, by);
      if ((await endFromOutside(deps, taken, stopEnd(request), cancel)) === 'ended') {
        await wakeExecution(deps, taken);
        return 'stopped';
      }
    }
  }
  throw new Error(`Turn ${turnId} moved at every try to stop it.`);
}

/** An execution that waits for people is woken to find the end, and leaves. */
async function wakeExecution(deps: EndDeps, turn: TurnRecord): Promise<void> {
  const pause = turn.pauseId ? await loadPause(deps.store, turn.pauseId) : undefined;
  if (pause) await resumePause(deps, pause);
}

async function requestStop(deps: EndDeps, turn: TurnRecord, { by, cause }: StopRequest): Promise<boolean> {
  try {
    await deps.store.update({
      key: keys.turn(turn.turnId),
      set: { stopRequest: { by, at: deps.now(), ...(cause ? { cause } : {}) } },
      condition: eventCondition('requestStop'),
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

/**
 * Stops whatever runs in a thread, as Slack's stop button asks for it. A stop that is older than the turn is
 * meant for the turn before it and is ignored.
 *
 * @param at when the person pressed, epoch milliseconds
 */
export async function stopSession(
  deps: EndDeps,
  { by, at, ...thread }: ThreadAddress & { by: string; at: number },
): Promise<StopOutcome> {
  const session = await deps.store.get<SessionRecord>(keys.session(sessionIdOf(thread)));
  if (!session?.activeTurnId) return 'nothing_to_stop';
  const turn = await deps.store.get<TurnRecord>(keys.turn(session.activeTurnId));
  if (!turn || turn.createdAt > at) return 'nothing_to_stop';
  return stopTurn(deps, { turnId: turn.turnId, by });
}
