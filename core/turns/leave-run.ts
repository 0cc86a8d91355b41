import { pauseIdOf } from '../ids.ts';
import type { ModelError } from '../models/contract.ts';
import { type ErrorClass, errorClasses } from '../models/error-classes.ts';
import { newPause, pauseActions } from '../pauses/new-pause.ts';
import { messageActions } from '../sessions/messages.ts';
import { checkAt } from '../store/keys.ts';
import type { Action } from '../store/store.ts';
import { backoffMs } from './backoff.ts';
import type { AnsweredCall } from './calls.ts';
import { type EndOfTurn, endTurn, wakeRelay } from './end-turn.ts';
import type { FollowUps } from './follow-ups.ts';
import type { StepRecord, StepToolCall, TurnEnd, TurnRecord } from './record.ts';
import { type Run, TurnLostError } from './run.ts';
import { choiceOf, type RunDeps, type RunState } from './run-state.ts';
import { resultMessages } from './step-commit.ts';
import { stopEnd } from './stop-end.ts';
import { attachmentsWith } from './turn-attachments.ts';

/** Where the state machine goes when a run leaves its turn. */
export type Leaving =
  | { route: 'done' | 'again' | 'failed' }
  | { route: 'pause'; pauseId: string }
  | { route: 'backoff'; waitSeconds: number };

/** Gives the turn back to the state machine with everything stored; the next invocation goes on. */
export async function handBack(
  run: Run,
  set: Pick<Partial<TurnRecord>, 'compactions'> = {},
): Promise<Leaving> {
  await run.commit('work', { set, remove: ['leaseUntil'] });
  return { route: 'again' };
}

/**
 * Everything the step asks people for goes into one pause; the turn's record and the pause's are one write. What the
 * other calls attached is kept with it: a stop at the pause ends the turn without another run.
 *
 * @returns undefined when a stop was asked for meanwhile: nothing is asked then
 */
export async function pauseTurn(
  deps: RunDeps,
  { run, agent }: RunState,
  step: StepRecord,
  calls: readonly StepToolCall[],
  answered: readonly AnsweredCall[],
): Promise<Leaving | undefined> {
  const { turn } = run;
  const now = deps.now();
  const pauseId = pauseIdOf(turn.turnId, step.step);
  const asking = newPause({ pauseId, turn, step: step.step, calls, agent, now, limits: deps.limits });
  run.emit([{ type: 'data-pause', data: { pauseId } }], true);
  const change = { set: { pauseId, ...attachmentsWith(turn, answered) }, remove: ['gsi3pk', 'gsi3sk'] };
  if (!(await run.commit('pause', change, pauseActions(asking)))) return undefined;
  await wakeRelay(deps, turn.turnId);
  return { route: 'pause', pauseId };
}

/** A failed model call: waited out by the state machine, or the end of the turn with a sentence for people. */
export async function leaveAfterFailure(
  deps: RunDeps,
  run: Run,
  error: ModelError,
  answered: readonly AnsweredCall[],
  partial: string,
): Promise<Leaving> {
  const { turn } = run;
  const attempts = turn.attempts + 1;
  deps.log.warn('model call failed', {
    turnId: turn.turnId,
    step: turn.step,
    attempts,
    code: error.code,
    reason: error.adminSentence,
  });
  if (!error.retryable || attempts >= deps.limits.modelAttempts)
    return finishTurn(
      deps,
      run,
      { state: 'failed', reason: lastSentence(error, attempts) },
      answered,
      partial,
    );
  const delayMs = backoffMs(attempts, deps.limits, error.retryAfterMs);
  const retryingAt = deps.now() + delayMs;
  const notice = { attempt: attempts, error: error.sentence, delayMs, retryingAt };
  run.emit([{ type: 'data-retry', data: { ...notice, ...(partial ? { partial: true } : {}) } }], true);
  const waiting = await run.commit('backOff', {
    set: {
      attempts,
      waitUntil: retryingAt,
      ...checkAt(turn.turnId, retryingAt + deps.limits.startCheckMs),
    },
  });
  if (!waiting) return finishTurn(deps, run, stopEnd(run.turn.stopRequest), answered, partial);
  return { route: 'backoff', waitSeconds: Math.max(1, Math.ceil(delayMs / 1000)) };
}

/** What people read of the failure that ends a turn. Of those that waiting may mend the sentence does not say what to do. */
function lastSentence({ code, sentence }: ModelError, attempts: number): string {
  const known: Partial<Record<string, ErrorClass>> = errorClasses;
  if (!known[code]?.retryable) return sentence;
  return `${sentence}${attempts > 1 ? ` I tried ${attempts} times.` : ''} Please ask again later.`;
}

/** An end that is not the model's own: results and shown text stay in the history. */
export async function finishTurn(
  deps: RunDeps,
  run: Run,
  end: { state: 'failed' | 'stopped'; reason: string },
  answered: readonly AnsweredCall[] = [],
  partial = '',
): Promise<Leaving> {
  const { turn } = run;
  const { sessionId, turnId, fence } = turn;
  const news = resultMessages(turn, answered);
  if (partial)
    news.push({
      sessionId,
      turnId,
      fence,
      role: 'assistant',
      message: { role: 'assistant', content: partial },
    });
  const actions = await messageActions(deps.bodies, turn.nextSeq, news, deps.now());
  const changes = { nextSeq: turn.nextSeq + news.length, ...attachmentsWith(turn, answered) };
  return closeTurn(deps, run, end, changes, actions);
}

/** The end of a turn by its own run: what was emitted last goes into the transaction's batch. */
export async function closeTurn(
  deps: RunDeps,
  run: Run,
  end: Omit<TurnEnd, 'at'>,
  turn: EndOfTurn['turn'] & object,
  actions: Action[],
  followUps?: FollowUps,
): Promise<Leaving> {
  // What fits goes into the batch of the end; the rest before it, for an item has its size.
  const chunks = run.closeLog();
  await run.flush();
  run.release();
  const agent = deps.agents.find(({ name }) => name === run.turn.agent);
  const outcome = await endTurn(deps, run.turn, {
    end,
    ...(agent ? { model: choiceOf(deps, run.turn, agent).model } : {}),
    at: run.nextPosition,
    chunks,
    actions,
    turn: { ...turn, workedMs: run.workedMs },
    ...(followUps ? { followUps } : {}),
  });
  if (outcome === 'moved') throw new TurnLostError(`Turn ${run.turn.turnId} was ended by somebody else.`);
  if (outcome === 'refused')
    throw new Error(`The end of turn ${run.turn.turnId} was refused by a record of its own.`);
  return { route: end.state === 'failed' ? 'failed' : 'done' };
}
