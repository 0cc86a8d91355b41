import { compactionBegins, compactionDone, compactionFailed } from '../compaction/chunks.ts';
import { type Compaction, compact } from '../compaction/compact.ts';
import { messagesBehindSummary, unansweredFrom } from '../compaction/kept-records.ts';
import { LEAST_MESSAGES } from '../compaction/manual.ts';
import { addUsage } from '../models/add-usage.ts';
import { type CallModel, ModelError } from '../models/contract.ts';
import { writeCheckpoint } from '../sessions/checkpoint.ts';
import { messageActions, messageRecords } from '../sessions/messages.ts';
import { closeTurn, finishTurn, handBack, type Leaving, leaveAfterFailure } from './leave-run.ts';
import type { TurnRecord, TurnUsage } from './record.ts';
import type { RunDeps, RunState } from './run-state.ts';
import { createSilenceGuard, type SilenceGuard, silenceError } from './silence-guard.ts';
import { nothingPending, type Pending, pendingMessages, queueActions } from './step-commit.ts';
import { stopEnd } from './stop-end.ts';
import { attachmentsWith } from './turn-attachments.ts';
import { contextTokensOf, noteUsage, usageWith } from './usage.ts';
import { wasStopped } from './was-stopped.ts';

/**
 * Summarises a turn's history (capability 47): shown before the slow call and behind it (case K-8), and in one
 * transaction with the results of the open step (case K-56), so that the next model call reads the summary, these
 * results in it. A call that fails is waited out or ends the turn as any model call does.
 *
 * @param pending results of the open step and what was taken up, which no message holds yet
 * @returns where the run leaves to; `on` when it goes on behind the summary
 */
export async function compactHistory(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
): Promise<Leaving | 'on'> {
  const outcome = await tryToCompact(deps, state, pending);
  if (!(outcome instanceof ModelError)) return outcome;
  return leaveAfterFailure(deps, state.run, outcome, pending.answered, '');
}

/**
 * The same before the model has refused anything: a summary that cannot be made costs the turn nothing while there is
 * room left. It counts as one of the turn's, and this run does not try again at each step.
 *
 * @returns `as_it_is` when the model is to read the history as it is
 */
export async function compactAhead(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
): Promise<Leaving | 'on' | 'as_it_is'> {
  if (state.summaryFailed) return 'as_it_is';
  const outcome = await tryToCompact(deps, state, pending);
  if (!(outcome instanceof ModelError)) return outcome;
  const { run } = state;
  if (outcome.retryable && run.turn.attempts + 1 < deps.limits.modelAttempts)
    return leaveAfterFailure(deps, run, outcome, pending.answered, '');
  warn(
    deps,
    run.turn,
    'the conversation was not summarised; the turn goes on with what room is left',
    outcome,
  );
  state.summaryFailed = true;
  await run.commit('work', { set: { ...oneMore(run.turn), attempts: 0 } });
  return 'as_it_is';
}

async function tryToCompact(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
): Promise<Leaving | ModelError | 'on'> {
  const { run } = state;
  const summary = await summarise(deps, state, pending, run.turn.kind !== 'compaction');
  // The next invocation has its whole time for it. It counts, for that may not be enough either.
  if (summary === 'deadline') return handBack(run, oneMore(run.turn));
  if (summary === 'stopped') return finishTurn(deps, run, stopEnd(run.turn.stopRequest), pending.answered);
  return summary ?? 'on';
}

const oneMore = ({ compactions = 0 }: TurnRecord) => ({ compactions: compactions + 1 });

function warn({ log }: RunDeps, { turnId }: TurnRecord, what: string, error: ModelError): void {
  log.warn(what, { turnId, code: error.code, reason: error.adminSentence });
}

/** The same behind a turn's last answer. What fails here costs the turn nothing: its answer is there. */
export async function compactAtEnd(deps: RunDeps, state: RunState): Promise<void> {
  const summary = await summarise(deps, state, nothingPending, false);
  if (summary instanceof ModelError)
    warn(
      deps,
      state.run.turn,
      'the conversation was not summarised at its turn’s end; the next turn tries again',
      summary,
    );
}

/** A turn that was asked for by hand: it summarises and answers nobody (capability 48, case K-43). */
export async function compactTurn(deps: RunDeps, state: RunState): Promise<Leaving> {
  const { run, conversation } = state;
  const { checkpoint, compactions = 0 } = run.turn;
  if (checkpoint?.kind !== 'summary' && messagesBehindSummary(conversation.records) >= LEAST_MESSAGES) {
    if (compactions >= deps.limits.compactionsPerTurn)
      return finishTurn(deps, run, { state: 'failed', reason: TOO_SLOW });
    const leaving = await compactHistory(deps, state, nothingPending);
    if (leaving !== 'on') return leaving;
  }
  return closeTurn(deps, run, { state: 'completed' }, {}, []);
}

const TOO_SLOW = 'Summarising this conversation took too long. Start a new thread with what matters.';

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
  let spent: TurnUsage | undefined;
  const callModel: CallModel = async (request, onChunk) => {
    const answer = await deps.callModel(request, onChunk);
    spent = spent ? addUsage(spent, answer.usage) : answer.usage;
    return answer;
  };
  const note = (usage: TurnUsage) =>
    noteUsage(run, { kind: 'compaction', step, attempt: place.n, model: model.model, usage }, deps.now());
  try {
    compaction = await compact(
      { ...deps, callModel },
      {
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
      },
    );
  } catch (error) {
    const show = (sentence: string) => run.emit([compactionFailed(place, sentence)], true);
    const failure = failureOf(state, error, {
      guard,
      model: model.model,
      silenceMs: deps.limits.silenceMs,
      show,
    });
    if (spent) {
      // Summaries came and were of no use.
      await run.commit('work', { set: usageWith(turn, spent) });
      note(spent);
    }
    return failure;
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
    ...oneMore(turn),
    // How much the next call reads is known when it has come.
    contextTokens: 0,
    attempts: 0,
    crashes: 0,
    ...(pending.streak ? { streak: pending.streak } : {}),
    ...attachmentsWith(turn, pending.answered),
  };
  const actions = await messageActions(deps.bodies, turn.nextSeq, news, deps.now());
  // A summary is nothing that a cut answer could be continued behind.
  await run.commit('work', { set, remove: ['openStep', 'pauseId', 'cuts'] }, [
    ...actions,
    ...queueActions(pending),
  ]);
  note(compaction.usage);
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
  if (wasStopped(run)) {
    show('Stopped.');
    return 'stopped';
  }
  if (guard.fired === 'deadline') {
    show('It took too long.');
    return 'deadline';
  }
  const failure = guard.fired === 'silence' ? silenceError(model, silenceMs) : error;
  if (!(failure instanceof ModelError)) throw failure;
  show(failure.sentence);
  return failure;
}
