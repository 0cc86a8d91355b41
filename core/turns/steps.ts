import { CONTINUE_REQUEST, type ModelAnswer } from '../models/contract.ts';
import { toolResultMessage } from '../models/messages.ts';
import { shownValue } from '../stream/chunk-item.ts';
import { uniqueCallIds } from './call-ids.ts';
import { type AnsweredCall, answerCalls, stoppedCalls } from './calls.ts';
import {
  closeTurn,
  finishTurn,
  handBack,
  type Leaving,
  leaveAfterFailure,
  pauseTurn,
  STOPPED,
} from './leave-run.ts';
import { callModelStep } from './model-step.ts';
import type { StepRecord, TurnEnd } from './record.ts';
import type { RunDeps, RunState } from './run-turn.ts';
import { prepareStep } from './step-commit.ts';

/** Three cuts of one answer end the turn: it does not fit into a run's time. */
const CUTS = 3;
const TOO_LONG = {
  state: 'failed',
  reason: 'The answer did not fit into the time one answer may take; this is its beginning.',
} as const;

/**
 * The loop: the open step's tools, then the model, then the next step's tools, until something ends the run. An
 * invocation that has just begun always does one round; later ones need time enough left to be finished.
 */
export async function workThroughSteps(deps: RunDeps, state: RunState): Promise<Leaving> {
  const { run } = state;
  const { limits } = deps;
  const began = deps.now();
  let answered: AnsweredCall[] = [];
  let committed = false;
  // Time that has hardly been used will not be more in another invocation.
  const fresh = () => !committed && deps.now() - began < limits.saveReserveMs;
  if (state.recovered) showRecovery(state, deps.now());
  for (;;) {
    if (state.open) {
      const needMs = longestTool(state, state.open) + limits.saveReserveMs;
      if (!fresh() && deps.remainingMs() < needMs) return handBack(run);
      const callDeps = { ...deps, toolCallsPerStep: limits.toolCallsPerStep, showStored: state.recovered };
      const result = await answerCalls(callDeps, run, state.agent, state.open, state.decisions);
      const { asking } = result;
      answered = result.answered;
      if (asking.length > 0) {
        const paused = run.stopRequested ? undefined : await pauseTurn(deps, state, state.open, asking);
        return paused ?? finishTurn(deps, run, STOPPED, [...answered, ...stoppedCalls(asking)]);
      }
      run.emit([{ type: 'finish-step' }]);
      state.messages.push(toolResultMessage(answered));
    }
    if (run.stopRequested) return finishTurn(deps, run, STOPPED, answered);
    if (run.turn.step >= limits.stepsPerTurn) {
      const reason = `This took more than ${limits.stepsPerTurn} steps, so I stopped. Ask me to go on if I should.`;
      return finishTurn(deps, run, { state: 'failed', reason }, answered);
    }
    if (!fresh() && deps.remainingMs() < limits.modelReserveMs) return handBack(run);
    const next = await modelStep(deps, state, answered);
    if ('route' in next) return next;
    committed = true;
    state.open = next.open;
    state.decisions = new Map();
    answered = [];
  }
}

/** One model call and its commit; an answer without tool calls ends the turn in the same transaction. */
async function modelStep(
  deps: RunDeps,
  state: RunState,
  answered: readonly AnsweredCall[],
): Promise<Leaving | { open: StepRecord }> {
  const { run, agent, messages, instructions } = state;
  const result = await callModelStep(deps, run, {
    agent,
    model: agent.model ?? deps.model,
    instructions,
    messages: run.turn.cuts ? [...messages, { role: 'user', content: CONTINUE_REQUEST }] : messages,
  });
  if (result.kind === 'failed') return leaveAfterFailure(deps, run, result.error, answered, result.partial);
  if (result.kind === 'stopped') return finishTurn(deps, run, STOPPED, answered, result.partial);
  const cut = result.kind === 'cut';
  const answer = cut ? cutAnswer(result.partial) : uniqueCallIds(result.answer, messages, run.turn.step);
  const commit = await prepareStep(deps, state, answer, result.requestDigest, answered);
  if (cut) {
    const cuts = (run.turn.cuts ?? 0) + 1;
    if (cuts >= CUTS) return closeTurn(deps, run, TOO_LONG, commit.turn, commit.actions);
    const change = { set: { ...commit.turn, cuts }, remove: ['openStep', 'pauseId'] };
    await run.commit('work', change, commit.actions);
    return handBack(run);
  }
  if (answer.toolCalls.length === 0) return closeTurn(deps, run, endOf(answer), commit.turn, commit.actions);
  const change = { set: { ...commit.turn, openStep: run.turn.step }, remove: ['pauseId', 'cuts'] };
  await run.commit('work', change, commit.actions);
  messages.push(...answer.messages);
  // Shown only now: a call that was not committed might never be made.
  showCalls(state, commit.step);
  return { open: commit.step };
}

/**
 * What a run shows that follows a broken one: the open step's calls, which may not have been shown, or that an
 * answer begins anew whose beginning people may have seen.
 */
function showRecovery(state: RunState, now: number): void {
  if (state.open) {
    showCalls(state, state.open);
    return;
  }
  const attempt = state.run.turn.attempts + 1;
  const data = {
    attempt,
    error: 'I was interrupted and begin this answer again.',
    delayMs: 0,
    retryingAt: now,
  };
  state.run.emit([{ type: 'data-retry', data }], true);
}

function showCalls({ run, agent }: RunState, step: StepRecord): void {
  for (const { toolCallId, toolName, input } of step.toolCalls) {
    const title = agent.tools.find((tool) => tool.name === toolName)?.title;
    run.emit(
      [
        {
          type: 'tool-input-available',
          toolCallId,
          toolName,
          input: shownValue(input),
          ...(title ? { title } : {}),
        },
      ],
      true,
    );
  }
}

/** An answer that the model did not end by itself says so (case S-16). */
function endOf(answer: ModelAnswer): Omit<TurnEnd, 'at'> {
  if (answer.finishReason === 'length')
    return { state: 'completed', reason: 'The answer reached the model’s length limit and ends early.' };
  if (answer.finishReason === 'content-filter')
    return { state: 'failed', reason: 'The model’s content filter ended this answer.' };
  return { state: 'completed' };
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
