import {
  compactionAfterOverflow,
  compactionDue,
  compactionState,
  STILL_TOO_LONG,
} from '../compaction/due.ts';
import { CONTINUE_REQUEST, type ModelAnswer } from '../models/contract.ts';
import { messageRecords } from '../sessions/messages.ts';
import { advanceStreak, withHardStops } from './breakers.ts';
import { uniqueCallIds } from './call-ids.ts';
import { answerCalls, stoppedCalls } from './calls.ts';
import { compactAhead, compactAtEnd, compactHistory } from './compact-history.ts';
import { type FollowUps, takeFollowUps } from './follow-ups.ts';
import { ANSWER_REQUEST, answersInARow, judgeAnswer } from './judge-answer.ts';
import { closeTurn, finishTurn, handBack, type Leaving, leaveAfterFailure, pauseTurn } from './leave-run.ts';
import { callModelStep, type ModelStepResult } from './model-step.ts';
import type { StepRecord, TurnEnd, TurnRecord } from './record.ts';
import type { RunDeps, RunState } from './run-state.ts';
import { showCalls, showRecovery, showRestart } from './show-step.ts';
import {
  nothingPending,
  type Pending,
  pendingMessages,
  prepareStep,
  queueActions,
  type StepCommit,
} from './step-commit.ts';
import { stopEnd } from './stop-end.ts';
import { takeFiles } from './take-files.ts';
import { attemptOf, noteUsage, usageWith } from './usage.ts';

/** Three cuts of one answer end the turn: it does not fit into a run's time. */
const CUTS = 3;
const TOO_LONG = {
  state: 'failed',
  reason: 'The answer did not fit into the time one answer may take. Ask me to go on if I should.',
} as const;

/**
 * The loop: the open step's tools, then the model, then the next step's tools, until something ends the run. An
 * invocation that has just begun always does one round; later ones need time enough left to be finished.
 */
export async function workThroughSteps(deps: RunDeps, state: RunState): Promise<Leaving> {
  const { run } = state;
  const { limits } = deps;
  const began = deps.now();
  let committed = false;
  // Time that has hardly been used will not be more in another invocation.
  const fresh = () => !committed && deps.now() - began < limits.saveReserveMs;
  if (state.recovered) showRecovery(state, deps.now());
  for (;;) {
    let pending = nothingPending;
    if (state.open) {
      const needMs = longestTool(state, state.open) + limits.saveReserveMs;
      if (!fresh() && deps.remainingMs() < needMs) return handBack(run);
      const called = await answerStep(deps, state, state.open);
      if ('route' in called) return called;
      pending = called;
    }
    const { answered } = pending;
    if (run.stopRequested) return finishTurn(deps, run, stopEnd(run.turn.stopRequest), answered);
    const spent = spentOf(state, limits);
    if (spent) return finishTurn(deps, run, { state: 'failed', reason: spent }, answered);
    if (!fresh() && deps.remainingMs() < limits.modelReserveMs) return handBack(run);
    const judged = judgeContext(deps, state);
    if (judged === 'over')
      return finishTurn(deps, run, { state: 'failed', reason: STILL_TOO_LONG }, answered);
    const compacted = judged === 'due' ? await compactAhead(deps, state, pending) : 'as_it_is';
    const next = compacted === 'as_it_is' ? await modelStep(deps, state, pending) : compacted;
    if (next !== 'on') return next;
    committed = true;
  }
}

/** Why the turn may not go on; undefined while it may. */
function spentOf({ run }: RunState, { stepsPerTurn, turnMs }: RunDeps['limits']): string | undefined {
  const most = Math.min(MOST_STEPS, stepsPerTurn);
  if (run.turn.step >= most)
    return `This took more than ${most} steps, so I stopped. Ask me to go on if I should.`;
  if (run.workedMs >= turnMs)
    return `I worked on this for ${Math.round(turnMs / 60_000)} minutes, so I stopped. Ask me to go on if I should.`;
  return undefined;
}

/** However a deployment is set. */
const MOST_STEPS = 1_200;

/** The open step's calls, and what came meanwhile; or where the run leaves to, for people have to decide. */
async function answerStep(deps: RunDeps, state: RunState, open: StepRecord): Promise<Leaving | Pending> {
  const { run, agent, facts, fresh } = state;
  const callDeps = {
    ...deps,
    toolCallsPerStep: deps.limits.toolCallsPerStep,
    showStored: state.recovered,
    fresh,
    contextTokens: facts.contextTokens,
  };
  const { answered, asking, known } = await answerCalls(callDeps, run, agent, open, state.decisions);
  if (asking.length > 0) {
    const paused = run.stopRequested ? undefined : await pauseTurn(deps, state, open, asking, answered);
    return (
      paused ?? finishTurn(deps, run, stopEnd(run.turn.stopRequest), [...answered, ...stoppedCalls(asking)])
    );
  }
  run.emit([{ type: 'finish-step' }]);
  // The broken run had gone on to the model: people may have seen the beginning of its answer.
  if (state.recovered && !fresh && known) showRestart(run, deps.now());
  const { streak, verdict } = advanceStreak(run.turn.streak, answered);
  if (verdict.kind === 'abort')
    return finishTurn(deps, run, { state: 'failed', reason: verdict.reason }, answered);
  return { answered: withHardStops(answered, verdict), streak, ...(await followUpsOf(deps, state)) };
}

async function followUpsOf(deps: RunDeps, state: RunState): Promise<{ followUps?: FollowUps }> {
  const { run, agent, conversation, facts, choice } = state;
  if (run.stopRequested || !deps.takesFollowUps(agent.name)) return {};
  const followUps = await takeFollowUps(deps, run.turn);
  if (!followUps) return {};
  run.emit(followUps.chunks, true);
  if (followUps.records.some(({ post }) => post.files.length > 0)) {
    const records = [
      ...conversation.records,
      ...messageRecords(run.turn.nextSeq, followUps.records, deps.now()),
    ];
    const known = { ...facts, model: choice.model };
    conversation.takeFiles(await takeFiles(deps, run, known, records, state.recovered));
  }
  return { followUps };
}

/** Whether the conversation is to be summarised before the model reads it again. */
function judgeContext(deps: RunDeps, { run, open, facts, contextTokens }: RunState) {
  const { turn } = run;
  const at = compactionState(turn, open?.answerSeq ?? turn.nextSeq - 1, deps.limits.compactionsPerTurn);
  return compactionDue(contextTokens, facts, deps.limits.compactAtPercent, at);
}

/** One model call and its commit; an answer without tool calls ends the turn in the same transaction. */
async function modelStep(deps: RunDeps, state: RunState, pending: Pending): Promise<Leaving | 'on'> {
  const { run, conversation } = state;
  const news = pendingMessages(run.turn, pending);
  const before = conversation.with(messageRecords(run.turn.nextSeq, news, deps.now()));
  // What was cut before it said anything has no place to be continued at.
  const cut = run.turn.cuts && before.at(-1)?.role === 'assistant';
  const request = cut ? CONTINUE_REQUEST : run.turn.reprompted ? ANSWER_REQUEST : undefined;
  const result = await callModelStep(deps, run, {
    agent: state.agent,
    choice: state.choice,
    instructions: state.instructions,
    messages: request ? [...before, { role: 'user', content: request }] : before,
  });
  switch (result.kind) {
    case 'failed':
      return afterFailure(deps, state, pending, result);
    case 'stopped':
      return finishTurn(deps, run, stopEnd(run.turn.stopRequest), pending.answered, result.partial);
    case 'cut':
      return afterCut(deps, state, pending, result);
    case 'answered':
      return afterAnswer(deps, state, pending, { ...result, before });
  }
}

/** A conversation that the provider refuses as too long is summarised; all else is waited out or ends the turn. */
async function afterFailure(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
  { error, partial }: Extract<ModelStepResult, { kind: 'failed' }>,
): Promise<Leaving | 'on'> {
  const { run } = state;
  const { answered } = pending;
  if (error.code !== 'context' || partial) return leaveAfterFailure(deps, run, error, answered, partial);
  const { turn } = run;
  const verdict = compactionAfterOverflow(
    compactionState(
      turn,
      turn.nextSeq + pendingMessages(turn, pending).length,
      deps.limits.compactionsPerTurn,
    ),
  );
  if (verdict === 'due') return compactHistory(deps, state, pending);
  const reason = verdict === 'over' ? STILL_TOO_LONG : error.sentence;
  return finishTurn(deps, run, { state: 'failed', reason }, answered);
}

/** The function's time ended in the middle of an answer: what came is kept, and the next run goes on with it. */
async function afterCut(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
  { partial, requestDigest }: Extract<ModelStepResult, { kind: 'cut' }>,
): Promise<Leaving> {
  const { run } = state;
  const commit = await prepareStep(deps, state, cutAnswer(partial), requestDigest, pending);
  const cuts = (run.turn.cuts ?? 0) + 1;
  if (cuts >= CUTS) return closeTurn(deps, run, TOO_LONG, commit.turn, commit.actions, pending.followUps);
  await commitStep(deps, state, pending, commit, { cuts }, ['openStep', 'pauseId']);
  return handBack(run);
}

async function afterAnswer(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
  result: Extract<ModelStepResult, { kind: 'answered' }> & { before: Parameters<typeof uniqueCallIds>[1] },
): Promise<Leaving | 'on'> {
  const { run } = state;
  const { turn } = run;
  const judged = judgeAnswer(result.answer, {
    attempt: turn.attempts + 1,
    reprompted: turn.reprompted === true,
    continued: answersInARow(result.before),
  });
  if (judged.next === 'fail') {
    const { usage } = judged.answer;
    await run.commit('work', { set: usageWith(turn, usage) });
    note(deps, state, usage, turn);
    return leaveAfterFailure(deps, run, judged.error, pending.answered, judged.answer.text);
  }
  if (judged.next === 'reprompt') {
    // Nothing of it is stored but what it cost; the calls before it are answered from their records again.
    const { usage } = judged.answer;
    await run.commit('work', { set: { ...usageWith(turn, usage), reprompted: true }, remove: ['cuts'] });
    note(deps, state, usage, turn);
    return modelStep(deps, state, pending);
  }
  const answer = uniqueCallIds(judged.answer, result.before, turn);
  const commit = await prepareStep(deps, state, answer, result.requestDigest, pending);
  if (judged.next === 'end') return endWith(deps, state, pending, commit, judged.end);
  if (judged.next === 'continue') {
    await commitStep(deps, state, pending, commit, {}, ['openStep', 'pauseId', 'cuts', 'reprompted']);
    run.emit([{ type: 'finish-step' }]);
    return 'on';
  }
  await commitStep(deps, state, pending, commit, { openStep: turn.step }, ['pauseId', 'cuts', 'reprompted']);
  // Shown only now: a call that was not committed might never be made.
  showCalls(state, commit.step);
  state.open = commit.step;
  state.fresh = true;
  state.decisions = new Map();
  return 'on';
}

/** The last answer. A conversation that has become long is summarised behind it, for the next turn. */
async function endWith(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
  commit: StepCommit,
  end: Omit<TurnEnd, 'at'>,
): Promise<Leaving> {
  const { run } = state;
  const { contextTokens } = commit.turn;
  const at = compactionState(run.turn, commit.step.answerSeq, deps.limits.compactionsPerTurn);
  const due = compactionDue(contextTokens, state.facts, deps.limits.compactAtPercent, at) === 'due';
  if (!due || run.stopRequested || deps.remainingMs() < deps.limits.modelReserveMs) {
    note(deps, state, commit.step.usage, run.turn);
    return closeTurn(deps, run, end, commit.turn, commit.actions, pending.followUps);
  }
  // A crash from here on must not ask the model again: its answer is there.
  const set = { ending: end };
  await commitStep(deps, state, pending, commit, set, ['openStep', 'pauseId', 'cuts', 'reprompted']);
  await compactAtEnd(deps, state);
  return closeTurn(deps, run, end, {}, []);
}

/** The step's one transaction; afterwards the run's own view of things is what was stored. */
async function commitStep(
  deps: RunDeps,
  state: RunState,
  pending: Pending,
  { turn, actions, step, records }: StepCommit,
  set: object,
  remove: string[],
): Promise<void> {
  const { run, conversation } = state;
  const before = run.turn;
  await run.commit('work', { set: { ...turn, ...set }, remove }, [...actions, ...queueActions(pending)]);
  note(deps, state, step.usage, before);
  conversation.add(records);
  state.contextTokens = turn.contextTokens ?? state.contextTokens;
  state.open = undefined;
}

/** @param turn as it was when the call was made */
function note(deps: RunDeps, { run, choice }: RunState, usage: StepRecord['usage'], turn: TurnRecord): void {
  const attempt = attemptOf(turn);
  noteUsage(run, { kind: 'step', step: turn.step, attempt, model: choice.model, usage }, deps.now());
}

function cutAnswer(partial: string): ModelAnswer {
  return {
    messages: partial ? [{ role: 'assistant', content: partial }] : [],
    text: partial,
    toolCalls: [],
    finishReason: 'cut',
    usage: { inputTokens: 0, outputTokens: 0 },
  };
}

function longestTool(state: RunState, step: StepRecord): number {
  const used = new Set(step.toolCalls.map((call) => call.toolName));
  const times = state.agent.tools.filter((tool) => used.has(tool.name)).map((tool) => tool.timeoutMs);
  return Math.max(0, ...times);
}
