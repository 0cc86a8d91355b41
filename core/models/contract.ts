import type { ModelMessage } from 'ai';
import type { StreamChunk } from '../stream/chunks.ts';
import type { AnyTool } from '../tools/define-tool.ts';
import type { StepToolCall, TurnUsage } from '../turns/record.ts';
import type { ReasoningEffort } from './model-choice.ts';

/**
 * What the loop says after an answer that a run's deadline cut in two. It is part of no record, and the demo model
 * knows it from a person's words by its text.
 */
export const CONTINUE_REQUEST =
  'Your answer was cut off by a time limit. Continue exactly where it stopped, in the middle of the sentence if need be, without repeating anything and without a remark about it.';

/** One model call of the loop. */
export interface ModelRequest {
  /** As `ModelChoice` names it. */
  model: string;
  effort?: ReasoningEffort;
  instructions: string;
  messages: ModelMessage[];
  tools: readonly AnyTool[];
  /** Web search by the provider itself, where model and owner allow it. */
  webSearch?: WebSearch;
  signal: AbortSignal;
  /** Which step of which turn, and which attempt at it (1 is the first). */
  turnId: string;
  step: number;
  attempt: number;
  /**
   * Told of each part of the stream, also of those that give no chunk (a long tool call's arguments, a provider's
   * pings): whoever guards against silence starts anew.
   */
  onPart?: () => void;
}

/** What an owner allows a provider's own web search. */
export interface WebSearch {
  allowedDomains?: readonly string[];
  blockedDomains?: readonly string[];
}

/** What a model call gave. `messages` are the SDK's response messages; they survive a JSON round trip. */
export interface ModelAnswer {
  messages: ModelMessage[];
  text: string;
  toolCalls: StepToolCall[];
  /** As AI SDK names it; `pause` where the provider broke off what it runs itself and wants to be asked on. */
  finishReason: string;
  usage: TurnUsage;
}

/**
 * Calls the model once and tells of its stream as it comes: `text-*` and `reasoning-*` chunks, and what the provider
 * runs itself (`tool-input-available` and `tool-output-*` with `providerExecuted`, `source-url`). Calls that are ours
 * come with the answer. One layer of retries exists and it is not here: this never retries.
 *
 * @throws ModelError classified into retryable and terminal; an aborted signal rejects with the signal's reason
 */
export type CallModel = (
  request: ModelRequest,
  onChunk: (chunk: StreamChunk) => void,
) => Promise<ModelAnswer>;

/** A model call that failed; `sentence` is for people in the thread and holds no secret. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly retryable: boolean;
  /** A class of error-classes.ts. */
  readonly code: string;
  readonly sentence: string;
  /** For whoever runs the deployment: what it was and what to do; goes to the log and holds no secret. */
  readonly adminSentence: string;
  /** Retry-After, when the provider sent one. */
  readonly retryAfterMs: number | undefined;
  constructor(
    fields: {
      retryable: boolean;
      code: string;
      sentence: string;
      adminSentence?: string;
      retryAfterMs?: number;
    },
    options?: ErrorOptions,
  ) {
    super(`${fields.code}: ${fields.sentence}`, options);
    this.retryable = fields.retryable;
    this.code = fields.code;
    this.sentence = fields.sentence;
    this.adminSentence = fields.adminSentence ?? fields.sentence;
    this.retryAfterMs = fields.retryAfterMs;
  }
}
