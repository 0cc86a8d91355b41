import type { ModelAnswer } from '../models/contract.ts';
import { toolResultMessage } from '../models/messages.ts';
import { messageActions, type NewMessage } from '../sessions/messages.ts';
import { type Bodies, LARGE_BODY_BYTES } from '../store/bodies.ts';
import { keys } from '../store/keys.ts';
import { type Action, absent } from '../store/store.ts';
import type { AnsweredCall } from './calls.ts';
import type { StepItem, StepRecord, StepToolCall, TurnRecord } from './record.ts';
import type { RunDeps, RunState } from './run-turn.ts';

/** What a step's transaction writes: its record and messages, and the turn's own numbers after it. */
export interface StepCommit {
  step: StepRecord;
  actions: Action[];
  turn: Pick<TurnRecord, 'step' | 'attempts' | 'nextSeq' | 'usage'> & { agentDigest: string; crashes: 0 };
}

/** The message with a step's tool results; none when nothing was called. */
export function resultMessages(turn: TurnRecord, answered: readonly AnsweredCall[]): NewMessage[] {
  if (answered.length === 0) return [];
  const { sessionId, turnId, fence } = turn;
  return [{ sessionId, turnId, fence, role: 'tool', message: toolResultMessage([...answered]) }];
}

/** Prepares a step's commit: results of the step before it, the answer, the step record. */
export async function prepareStep(
  deps: RunDeps,
  { run, agent }: RunState,
  answer: ModelAnswer,
  requestDigest: string,
  answered: readonly AnsweredCall[],
): Promise<StepCommit> {
  const { turn } = run;
  const { sessionId, turnId, fence } = turn;
  const now = deps.now();
  const news: NewMessage[] = [
    ...resultMessages(turn, answered),
    ...answer.messages.map(
      (message): NewMessage => ({
        sessionId,
        turnId,
        fence,
        role: message.role === 'tool' ? 'tool' : 'assistant',
        message,
      }),
    ),
  ];
  const step: StepRecord = {
    v: 1,
    turnId,
    step: turn.step,
    model: agent.model ?? deps.model,
    requestDigest,
    answerSeq: turn.nextSeq + (answered.length > 0 ? 1 : 0),
    toolCalls: answer.toolCalls,
    finishReason: answer.finishReason,
    usage: answer.usage,
    attempts: turn.attempts + 1,
    at: now,
  };
  return {
    step,
    actions: [
      {
        put: { ...keys.step(turnId, turn.step), ...(await stepItem(deps.bodies, step, fence)) },
        condition: absent,
      },
      ...(await messageActions(deps.bodies, turn.nextSeq, news, now)),
    ],
    turn: {
      agentDigest: agent.digest,
      step: turn.step + 1,
      attempts: 0,
      crashes: 0,
      nextSeq: turn.nextSeq + news.length,
      usage: {
        inputTokens: turn.usage.inputTokens + answer.usage.inputTokens,
        outputTokens: turn.usage.outputTokens + answer.usage.outputTokens,
      },
    },
  };
}

async function stepItem(
  bodies: Bodies,
  { toolCalls, ...step }: StepRecord,
  fence: number,
): Promise<StepItem> {
  if (toolCalls.length === 0) return step;
  const calls = JSON.stringify(toolCalls);
  if (Buffer.byteLength(calls) <= LARGE_BODY_BYTES) return { ...step, calls };
  const callsKey = `turns/${step.turnId}/${step.step}-${fence}`;
  await bodies.put(callsKey, toolCalls);
  return { ...step, callsKey };
}

/** A committed step, its calls read back from where they were put. */
export async function loadStep(
  { store, bodies }: Pick<RunDeps, 'store' | 'bodies'>,
  turnId: string,
  step: number,
): Promise<StepRecord | undefined> {
  const item = await store.get<StepItem>(keys.step(turnId, step));
  if (!item) return undefined;
  const { calls, callsKey, ...record } = item;
  const stored: unknown = callsKey ? await bodies.get(callsKey) : JSON.parse(calls ?? '[]');
  return { ...record, toolCalls: stored as StepToolCall[] };
}
