import type { ModelMessage } from 'ai';
import { type ModelAnswer, ModelError } from '../models/contract.ts';
import { hasContent, withoutCalls, withoutCutCall } from './answer-parts.ts';
import type { TurnEnd } from './record.ts';

/**
 * What is said to a model that thought and told the person nothing (case T-63). It is part of no record. Tools stay
 * in that request: providers drop the results of a conversation without them (Bedrock) and their cache with them;
 * calls in the answer to it are not made.
 */
export const ANSWER_REQUEST =
  'You have not answered yet: what you thought is not shown. Write a brief answer to the person now, from what you know and have found out. Use no tools.';

/** A model that said nothing says nothing again: it gets few tries. */
const EMPTY_ATTEMPTS = 3;

export type AnswerKind =
  | 'ok'
  | 'calls'
  /** It ends at the length limit (case S-16). */
  | 'length'
  /** The provider filtered it or the model refused (case S-16); where nothing at all was said, the call has failed (K-27). */
  | 'refusal'
  /** The provider broke off what it runs itself and wants to be asked on (Anthropic's `pause_turn`). */
  | 'paused'
  /** It holds something, but nothing for people (case T-63). */
  | 'thinking_only'
  /** It holds nothing (case T-57). */
  | 'empty'
  /** A call was announced and none came. */
  | 'call_missing'
  /** The provider ended it by an error. */
  | 'error';

/** What an answer is and what follows. `answer` is what is to be stored and used in its place. */
export type Judgement = { kind: AnswerKind; answer: ModelAnswer } & (
  | { next: 'calls' }
  /** It is stored as a step without calls, and the model is called again with the history as it is. */
  | { next: 'continue' }
  | { next: 'end'; end: Omit<TurnEnd, 'at'> }
  /** The model is asked once more, with `ANSWER_REQUEST`; nothing of this answer is stored. */
  | { next: 'reprompt' }
  /** It counts as a failed model call; `answer.text` was shown. */
  | { next: 'fail'; error: ModelError }
);

/**
 * Judges an answer by why it ended and what it holds (capability 59).
 *
 * @param attempt which attempt at the step this was (1 is the first)
 * @param reprompted whether it answers `ANSWER_REQUEST`: it is the turn's last then
 * @param continued how many answers in a row it continues (`answersInARow`)
 */
export function judgeAnswer(
  answer: ModelAnswer,
  { attempt, reprompted, continued = 0 }: { attempt: number; reprompted: boolean; continued?: number },
): Judgement {
  const { finishReason } = answer;
  const told = answer.text.trim() !== '';
  if (finishReason === 'error') return fail('error', answer, broken());
  if (finishReason === 'content-filter')
    return end('refusal', withoutCalls(answer), { state: 'failed', reason: REFUSED });
  if (answer.toolCalls.length > 0 && !reprompted)
    return { kind: 'calls', answer: withoutCutCall(answer), next: 'calls' };
  const last = withoutCalls(answer);
  if (finishReason === 'pause' && hasContent(last) && !reprompted && continued < CONTINUATIONS)
    return { kind: 'paused', answer: last, next: 'continue' };
  const missing = finishReason === 'tool-calls' && answer.toolCalls.length === 0 && !ranByProvider(answer);
  if (told) {
    if (finishReason === 'length') return end('length', last, { state: 'completed', reason: TOO_LONG });
    if (missing) return end('call_missing', last, { state: 'completed', reason: CALL_MISSING });
    if (finishReason === 'pause') return end('paused', last, { state: 'completed', reason: STILL_AT_IT });
    return end('ok', last, { state: 'completed' });
  }
  if (missing) return fail('call_missing', last, noCall());
  if (!hasContent(answer)) return fail('empty', last, empty(attempt));
  if (!reprompted) return { kind: 'thinking_only', answer: last, next: 'reprompt' };
  // What it thought was not meant for people, so a sentence stands in its place.
  return end('thinking_only', { ...last, messages: [] }, { state: 'failed', reason: SILENT });
}

/** An answer that its provider breaks off so often comes to no end. */
const CONTINUATIONS = 5;

/**
 * How many answers stand at the end of a conversation with nothing between them: the next one continues them.
 * A step that was cut counts too.
 */
export function answersInARow(messages: readonly ModelMessage[]): number {
  return messages.length - 1 - messages.findLastIndex(({ role }) => role !== 'assistant');
}

const TOO_LONG = 'The answer reached the model’s length limit and ends early.';
const REFUSED =
  'The model refused to go on, or its content filter ended this answer. Put it in other words to try again.';
const STILL_AT_IT =
  'The model’s provider broke off its search again and again, so I stopped. The answer may be incomplete.';
const CALL_MISSING =
  'The model meant to use a tool here, and its call did not arrive. The answer may be incomplete.';
const SILENT =
  'The model thought about this and gave no answer, also when it was asked again. Please ask again.';

function end(kind: AnswerKind, answer: ModelAnswer, how: Omit<TurnEnd, 'at'>): Judgement {
  return { kind, answer, next: 'end', end: how };
}

function fail(kind: AnswerKind, answer: ModelAnswer, error: ModelError): Judgement {
  return { kind, answer, next: 'fail', error };
}

const ranByProvider = ({ messages }: ModelAnswer): boolean =>
  messages.some(
    ({ role, content }) =>
      role === 'assistant' &&
      Array.isArray(content) &&
      content.some((part) => part.type === 'tool-call' && part.providerExecuted),
  );

const broken = () =>
  new ModelError({
    retryable: true,
    code: 'server',
    sentence: 'The model’s answer was ended by an error.',
    adminSentence: 'The provider ended an answer with the finish reason `error` and said no more.',
  });

const noCall = () =>
  new ModelError({
    retryable: true,
    code: 'server',
    sentence: 'The model announced a tool call that did not arrive.',
    adminSentence: 'The provider ended an answer with the finish reason `tool-calls` and sent no call.',
  });

const empty = (attempt: number) =>
  new ModelError({
    retryable: attempt < EMPTY_ATTEMPTS,
    code: 'empty_completion',
    sentence: 'The model gave an empty answer.',
    adminSentence:
      'The provider called an answer complete that holds neither text nor tool calls. If it keeps doing so, try another model.',
  });
