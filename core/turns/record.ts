import type { AttachmentRecord } from '../attachments/attachment.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import type { Checkpoint } from '../sessions/record.ts';

/** A turn's life. Which state may follow which is decided by `transitions.ts` alone. */
export type TurnState = 'starting' | 'running' | 'paused' | 'waiting' | 'completed' | 'failed' | 'stopped';

/** Who asked. In shared channels a person's own team differs from the installation's. */
export interface Requester {
  userId: string;
  teamId: string;
}

/** Where the turn's thread is. */
export interface TurnPlace {
  appId: string;
  installationId: string;
  channel: string;
  threadTs: string;
  /** The post that asked. */
  messageTs: string;
}

/** What model calls used. Cached tokens are counted in `inputTokens`, reasoning in `outputTokens`. */
export interface TurnUsage {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens?: number;
  cacheWriteTokens?: number;
  reasoningTokens?: number;
  /** US dollars by the prices of the model table; absent where one of them is not known. */
  costUsd?: number;
}

export interface TurnEnd {
  state: 'completed' | 'failed' | 'stopped';
  /** Epoch milliseconds. */
  at: number;
  /** A sentence for people; absent when the turn completed. */
  reason?: string;
}

/** `TURN#id` / `META`. */
export interface TurnRecord extends TurnPlace {
  v: 1;
  turnId: string;
  sessionId: string;
  state: TurnState;
  requester: Requester;
  agent: string;
  /** Digest of the agent's definition when the turn began: tells a replay what it ran with. */
  agentDigest?: string;
  /** The model that a setting chose for this place and person when they asked; the agent's own otherwise (K-21). */
  model?: ModelChoice;
  /** `compaction`: asked for by hand, answers nobody. */
  kind?: 'compaction';
  /** Whoever restarts a turn raises it first; it is part of the execution's name. */
  epoch: number;
  /** Raised by every run that begins; a commit with an older fence is refused. 0 before the first run. */
  fence: number;
  /** Last chunk sequence of former fences; readers ignore what lies behind. */
  seals: Record<string, number>;
  /** Until when the present run owns the turn, epoch milliseconds; absent between runs. */
  leaseUntil?: number;
  /** The next step's number. */
  step: number;
  /** The committed step whose tool results no message holds yet. */
  openStep?: number;
  /** How often the present answer was cut by a run's deadline and continued. */
  cuts?: number;
  /** The session sequence that the next message of this turn takes. */
  nextSeq: number;
  /** Failed attempts of the present step's model call. */
  attempts: number;
  /** Runs of the present step that broke off. */
  crashes?: number;
  /** Time that runs of this turn have worked, milliseconds, up to the last commit; waiting is not in it. */
  workedMs?: number;
  /** Where this turn's history begins, if it was compacted on the way; the session takes it over at the end. */
  checkpoint?: Checkpoint;
  /** What the last model call read and wrote, tokens: how full the model's context is. */
  contextTokens?: number;
  /** How often this turn's history was compacted. */
  compactions?: number;
  /** What the loop breakers have counted so far. */
  streak?: Streak;
  /** The model thought and said nothing, and was asked once more. */
  reprompted?: boolean;
  /** While `waiting`: not before, epoch milliseconds. */
  waitUntil?: number;
  /** The pause of the open step; it stays until the step's results are committed, for its decisions. */
  pauseId?: string;
  /** `interrupt`: not a person's stop, but a newer message that goes before (door mode `interrupt`). */
  stopRequest?: { by: string; at: number; cause?: 'interrupt' };
  usage: TurnUsage;
  /** What tools added to the answer, up to the last commit. */
  attachments?: AttachmentRecord[];
  /** The turn of this session before it: its stream closes first. */
  previousTurnId?: string;
  /** The turn into which this post was taken up as a follow-up; nothing ran for it. */
  steeredInto?: string;
  /** The last answer is stored, and the turn ends so; what may come before that is a summary for the next turn. */
  ending?: Omit<TurnEnd, 'at'>;
  end?: TurnEnd;
  createdAt: number;
  updatedAt: number;
  gsi3pk?: string;
  gsi3sk?: string;
}

/** Input of the state machine and of `run-turn`: ids, a routing word and a format version. */
export interface RunInput {
  v: 1;
  turnId: string;
  epoch: number;
}

/** What `run-turn` answers; the state machine's Choice reads `route`. */
export type RunRoute =
  | { v: 1; turnId: string; epoch: number; route: 'done' | 'again' | 'failed' }
  | { v: 1; turnId: string; epoch: number; route: 'pause'; pauseId: string }
  | { v: 1; turnId: string; epoch: number; route: 'backoff'; waitSeconds: number };

/** A tool call that the model asked for, as stored in the step. */
export interface StepToolCall {
  toolCallId: string;
  toolName: string;
  input: unknown;
  /** Why the call cannot run (unknown tool, arguments off): it is answered to the model, not executed. */
  invalid?: string;
}

/** `TURN#id` / `STEP#n`: one model call, enough to replay it. Immutable. */
export interface StepRecord {
  v: 1;
  turnId: string;
  step: number;
  model: string;
  /** SHA-256 of what was sent to the model. */
  requestDigest: string;
  /** The session message that holds the answer. */
  answerSeq: number;
  /** The calls as the model asked for them. Stored as JSON text (`StepItem`). */
  toolCalls: StepToolCall[];
  finishReason: string;
  usage: TurnUsage;
  attempts: number;
  at: number;
}

/** A step as it is stored: its calls are JSON text, or a body in the bucket where their arguments are large. */
export interface StepItem extends Omit<StepRecord, 'toolCalls'> {
  calls?: string;
  callsKey?: string;
}

/** `TURN#id` / `USAGE#step#kind#attempt`: what one model call used, failed ones as well. Written beside the commit. */
export interface UsageRecord {
  v: 1;
  turnId: string;
  sessionId: string;
  appId: string;
  installationId: string;
  channel: string;
  userId: string;
  kind: 'step' | 'compaction' | 'title';
  step: number;
  attempt: number;
  model: string;
  usage: TurnUsage;
  at: number;
}

/** What the loop breakers count, across steps and runs. */
export interface Streak {
  /** Calls in a row that came without any arguments and failed. */
  empty: number;
  /** The last failure, and how often in a row it came. */
  failure?: { digest: string; count: number };
}

/** `TURN#id` / `CALL#toolCallId`: intent before the side effect, result after it (rule 4). */
export interface CallRecord {
  v: 1;
  turnId: string;
  step: number;
  toolCallId: string;
  toolName: string;
  fence: number;
  status: 'intent' | 'result' | 'unknown';
  /** The `CallOutcome` as JSON text: tools give values that DynamoDB's numbers and nesting cannot hold. */
  outcome?: string;
  /** In its place, where it is large: the name of a body in the bucket. */
  outcomeKey?: string;
  at: number;
}

/** What the model is told about a call. */
export type CallOutcome =
  | {
      kind: 'output';
      value: unknown;
      /** Where the whole stands, when `value` is only its beginning and its end. */
      rest?: { ref: string; bytes: number };
      attachments?: AttachmentRecord[];
    }
  | { kind: 'error'; text: string }
  | {
      kind: 'denied';
      reason: string;
      /** What the person who denied it gave as a reason, in their own words. */
      quote?: string;
    };
