import { compactionBegins, compactionDone, compactionFailed } from '../compaction/chunks.ts';
import { type Compaction, compact } from '../compaction/compact.ts';
import { messagesBehindSummary, unansweredFrom } from '../compaction/kept-records.ts';
import { LEAST_MESSAGES } from '../compaction/manual.ts';
import { ModelError } from '../models/contract.ts';
import { writeCheckpoint } from '../sessions/checkpoint.ts';
import { messageActions, messageRecords } from '../sessions/messages.ts';
import { closeTurn, finishTurn, handBack, type Leaving, leaveAfterFailure } from './leave-run.ts';
import { RunAbort } from './run.ts';
import type { RunDeps, RunState } from './run-state.ts';
import { createSilenceGuard, type SilenceGuard, silenceError } from './silence-guard.ts';
import { nothingPending, type Pending, pendingMessages } from './step-commit.ts';
import { stopEnd } from './stop-end.ts';
import { contextTokensOf, noteUsage, usageWith } from './usage.ts';

/**
 * Summarises a turn's history (capability 47): shown before the slow call and behind it (case K-8), and in one
 * transaction with the results of the open step (case K-56), so that the next model call reads the summary, these
 * results in it. A call that fails is waited out or ends the turn as any model call does.
 *
 * @param pending results of the open step and what was taken up, which no message holds yet
 * @returns where the run leaves to; undefined when it goes on
 */
export async function compactHistory(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
): Promise<Leaving | undefined> {
  const { run } = state;
  const { answered } = pending;
  const summary = await summarise(deps, state, pending, state.run.turn.kind !== 'compaction');
  // A deadline is no failure: the next invocation has its whole time for it.
  if (summary === 'deadline') return handBack(run);
  if (summary === 'stopped') return finishTurn(deps, run, stopEnd(run.turn.stopRequest), answered);
  if (summary instanceof ModelError) return leaveAfterFailure(deps, run, summary, answered, '');
  return undefined;
}

/** The same behind a turn's last answer. What fails here costs the turn nothing: its answer is there. */
export async function compactAtEnd(deps: RunDeps, state: RunState): Promise<void> {
  const summary = await summarise(deps, state, nothingPending, false);
  if (!(summary instanceof ModelError)) return;
  const { turnId } = state.run.turn;
  deps.log.warn('the conversation was not summarised at its turn’s end; the next turn tries again', {
    turnId,
    code: summary.code,
    reason: summary.adminSentence,
  });
}

/** A turn that was asked for by hand: it summarises and answers nobody (capability 48, case K-43). */
export async function compactTurn(deps: RunDeps, state: RunState): Promise<Leaving> {
  const { run, conversation } = state;
  if (!run.turn.compactions && messagesBehindSummary(conversation.records) >= LEAST_MESSAGES) {
    const leaving = await compactHistory(deps, state, nothingPending);
    if (leaving) return leaving;
  }
  return closeTurn(deps, run, { state: 'completed' }, {}, []);
}

/** @param working whether the turn's own post still waits for its answer: then it stays word for word */
async function summarise(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
  working: boolean,
): Promise<ModelError | 'stopped' | 'deadline' | undefined> {
  const { run, conversation, facts, contextTokens } = state;
  const { turn } = run;
  const { turnId, sessionId, fence, step } = turn;
  const news = pendingMessages(turn, pending);
  const records = [...conversation.records, ...messageRecords(turn.nextSeq, news, deps.now())];
  const attempt = turn.attempts + 1;
  const place = { step, n: (turn.compactions ?? 0) * 100 + attempt };
  const used = contextTokens > 0 ? { tokens: contextTokens, ...pickWindow(facts) } : undefined;
  run.emit([compactionBegins(place, records.length, used)], true);
  const guard = createSilenceGuard(deps.limits.silenceMs, deps.remainingMs() - deps.limits.saveReserveMs);
  const model = deps.compactionModel ? { model: deps.compactionModel } : state.choice;
  let compaction: Compaction;
  try {
    compaction = await compact(deps, {
      records,
      unanswered: unansweredFrom(records, working ? turnId : undefined),
      model,
      facts,
      instructions: state.agent.instructions,
      signal: AbortSignal.any([run.signal, guard.signal]),
      turnId,
      step,
      attempt,
      onPart: guard.rearm,
    });
  } catch (error) {
    const show = (sentence: string) => run.emit([compactionFailed(place, sentence)], true);
    return failureOf(state, error, { guard, model: model.model, silenceMs: deps.limits.silenceMs, show });
  } finally {
    guard.end();
  }
  run.emit([compactionDone(place, compaction.summarised)], true);
  const lastSeq = turn.nextSeq + news.length - 1;
  const checkpoint = await writeCheckpoint(deps.bodies, {
    sessionId,
    turnId,
    fence,
    seq: lastSeq,
    records: compaction.records,
    kind: 'summary',
  });
  const set = {
    ...usageWith(turn, compaction.usage),
    nextSeq: lastSeq + 1,
    checkpoint,
    compactions: (turn.compactions ?? 0) + 1,
    // How much the next call reads is known when it has come.
    contextTokens: 0,
    attempts: 0,
    ...(pending.streak ? { streak: pending.streak } : {}),
  };
  const actions = await messageActions(deps.bodies, turn.nextSeq, news, deps.now());
  const { followUps } = pending;
  const queue = followUps ? [...followUps.actions, followUps.sessionAction] : [];
  // A summary is nothing that a cut answer could be continued behind.
  await run.commit('work', { set, remove: ['openStep', 'pauseId', 'cuts'] }, [...actions, ...queue]);
  noteUsage(
    run,
    { kind: 'compaction', step, attempt: place.n, model: model.model, usage: compaction.usage },
    deps.now(),
  );
  state.contextTokens = 0;
  state.open = undefined;
  state.decisions = new Map();
  conversation.replace(compaction.records);
  deps.log.info('the conversation was summarised', {
    turnId,
    rung: compaction.ladder,
    summarised: compaction.summarised,
    tokens: contextTokensOf(compaction.usage),
  });
  return undefined;
}

function pickWindow({ contextTokens }: RunState['facts']): { contextTokens?: number } {
  return contextTokens === undefined ? {} : { contextTokens };
}

interface SummaryCall {
  guard: SilenceGuard;
  model: string;
  silenceMs: number;
  show: (sentence: string) => void;
}

/** @throws what ends the run: a lost turn, a failed write, an error that nobody foresaw */
function failureOf(
  { run }: RunState,
  error: unknown,
  { guard, model, silenceMs, show }: SummaryCall,
): ModelError | 'stopped' | 'deadline' {
  if (run.signal.aborted) {
    const reason: unknown = run.signal.reason;
    if (!(reason instanceof RunAbort)) throw reason;
    if (reason.abortCause !== 'stop') throw reason.cause ?? reason;
    show('Stopped.');
    return 'stopped';
  }
  // Its card stays open for the next run, which takes it up again.
  if (guard.fired === 'deadline') return 'deadline';
  const failure = guard.fired === 'silence' ? silenceError(model, silenceMs) : error;
  if (!(failure instanceof ModelError)) throw failure;
  show(failure.sentence);
  return failure;
}
