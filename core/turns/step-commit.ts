import type { ModelAnswer } from '../models/contract.ts';
import { toolResultMessage } from '../models/messages.ts';
import { checkpointDue, writeCheckpoint } from '../sessions/checkpoint.ts';
import { messageActions, messageRecords, type NewMessage, type NewPost } from '../sessions/messages.ts';
import type { Checkpoint, MessageRecord, SessionRecord } from '../sessions/record.ts';
import { type Bodies, LARGE_BODY_BYTES } from '../store/bodies.ts';
import { keys } from '../store/keys.ts';
import { type Action, absent } from '../store/store.ts';
import type { AnsweredCall } from './calls.ts';
import type { FollowUps } from './follow-ups.ts';
import type { StepItem, StepRecord, StepToolCall, Streak, TurnRecord } from './record.ts';
import type { RunDeps, RunState } from './run-state.ts';
import { attachmentsWith } from './turn-attachments.ts';
import { contextTokensOf, usageWith } from './usage.ts';

/** What the next commit stores beside an answer: results of the open step, and posts that were taken up. */
export interface Pending {
  answered: readonly AnsweredCall[];
  followUps?: FollowUps;
  streak?: Streak;
}

export const nothingPending: Pending = { answered: [] };

/** What a step's transaction writes: its record and messages, and the turn's own numbers after it. */
export interface StepCommit {
  step: StepRecord;
  actions: Action[];
  /** The messages as they will be read back. */
  records: MessageRecord[];
  turn: Pick<
    TurnRecord,
    'step' | 'attempts' | 'nextSeq' | 'usage' | 'contextTokens' | 'streak' | 'checkpoint' | 'attachments'
  > & {
    agentDigest: string;
    crashes: 0;
  };
}

/** The message with a step's tool results; none when nothing was called. */
export function resultMessages(turn: TurnRecord, answered: readonly AnsweredCall[]): NewMessage[] {
  if (answered.length === 0) return [];
  const { sessionId, turnId, fence } = turn;
  return [{ sessionId, turnId, fence, role: 'tool', message: toolResultMessage([...answered]) }];
}

/** What the model reads before its next answer and no message holds yet. */
export function pendingMessages(
  turn: TurnRecord,
  { answered, followUps }: Pending,
): (NewMessage | NewPost)[] {
  return [...resultMessages(turn, answered), ...(followUps?.records ?? [])];
}

/** What takes the posts that were taken up out of the queue, for a commit with which the turn goes on. */
export function queueActions({ followUps }: Pending): Action[] {
  return followUps ? [...followUps.actions, followUps.sessionAction] : [];
}

/** Prepares a step's commit: results of the step before it, what was taken up, the answer, the step record. */
export async function prepareStep(
  deps: RunDeps,
  { run, agent, choice, conversation, session }: RunState,
  answer: ModelAnswer,
  requestDigest: string,
  pending: Pending,
): Promise<StepCommit> {
  const { turn } = run;
  const { sessionId, turnId, fence } = turn;
  const now = deps.now();
  const before = pendingMessages(turn, pending);
  const news = [
    ...before,
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
    model: choice.model,
    requestDigest,
    answerSeq: turn.nextSeq + before.length,
    toolCalls: answer.toolCalls,
    finishReason: answer.finishReason,
    usage: answer.usage,
    attempts: turn.attempts + 1,
    at: now,
  };
  const contextTokens = contextTokensOf(answer.usage);
  const records = messageRecords(turn.nextSeq, news, now);
  const lastSeq = turn.nextSeq + news.length - 1;
  const checkpoint = await checkpointOf(deps, turn, session, lastSeq, () => [
    ...conversation.records,
    ...records,
  ]);
  return {
    step,
    records,
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
      ...usageWith(turn, answer.usage),
      // A provider that counts nothing leaves what was known.
      ...(contextTokens > 0 ? { contextTokens } : {}),
      ...(pending.streak ? { streak: pending.streak } : {}),
      ...attachmentsWith(turn, pending.answered),
      ...(checkpoint ? { checkpoint } : {}),
    },
  };
}

/**
 * Enough messages have come since the last checkpoint: all that is there goes into a new one, so that what a later
 * run reads does not grow with the conversation.
 */
async function checkpointOf(
  { bodies, limits }: RunDeps,
  { turnId, sessionId, fence, checkpoint }: TurnRecord,
  session: SessionRecord,
  seq: number,
  records: () => readonly MessageRecord[],
): Promise<Checkpoint | undefined> {
  const last = checkpoint ?? session.checkpoint;
  if (!checkpointDue(seq, last, limits.checkpointMessages)) return undefined;
  return writeCheckpoint(bodies, { sessionId, turnId, fence, seq, records: records(), kind: 'messages' });
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
