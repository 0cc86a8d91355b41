import { addUsage } from '../models/add-usage.ts';
import { type CallModel, type ModelAnswer, ModelError } from '../models/contract.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import type { MessageRecord } from '../sessions/record.ts';
import type { TurnUsage } from '../turns/record.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { partHistory } from './kept-records.ts';
import { type Rung, rungsOf } from './ladder.ts';
import { saysTooLong } from './overflow-text.ts';
import { summaryInstructions, summaryRequest, summaryText } from './prompt.ts';
import { tokensOf } from './shorten.ts';
import { transcriptMessages, transcriptOf } from './transcript.ts';

export interface CompactDeps {
  callModel: CallModel;
  /** Epoch milliseconds. */
  now: () => number;
}

export interface CompactionRequest {
  /** The history as it was loaded, results of the last step included. */
  records: readonly MessageRecord[];
  /** The sequence from which on posts are open (`unansweredFrom`); infinity when none is. */
  unanswered: number;
  model: ModelChoice;
  facts: { contextTokens?: number };
  /** The agent's own, for context. */
  instructions: string;
  signal: AbortSignal;
  turnId: string;
  step: number;
  /** 1 is the first. */
  attempt: number;
  /** A sign of life, for whoever guards against silence. Nothing here measures time (case S-28). */
  onPart?: () => void;
}

export interface Compaction {
  /** What stands for all of `request.records`: the summary, then what is open, word for word. */
  records: MessageRecord[];
  usage: TurnUsage;
  ladder: Rung;
  /** How many messages the summary stands for. */
  summarised: number;
}

/**
 * Summarises a conversation by a model call without tools. Where the provider refuses it as too long, or its summary
 * is of no use, the next rung of the ladder gives it less (capability 50).
 *
 * @throws ModelError: `context`, terminal, when no rung helps; every other one as the call threw it, retryable ones
 *   for the loop's backoff. The signal's reason when it was aborted.
 */
export async function compact(deps: CompactDeps, request: CompactionRequest): Promise<Compaction> {
  const { records, unanswered, facts } = request;
  const { replaced, kept, lastTools } = partHistory(records, unanswered);
  const [first] = replaced;
  if (!first) throw failure(NOTHING_BEFORE);
  // Calls without results are told by nobody: they stand behind the summary as they are.
  const tail = new Set(kept.filter(({ post }) => !post));
  const entries = transcriptOf(
    records.filter((record) => !tail.has(record)),
    unanswered,
  );
  const most = tokensOf(transcriptOf(replaced, unanswered));
  const ask = summaryRequest({ open: kept.filter(({ post }) => post).length, lastTools });
  let usage: TurnUsage | undefined;
  let refusal = failure(TOO_LONG);
  for (const rung of rungsOf(entries, facts)) {
    const answer = await answerTo(deps, request, transcriptMessages(rung.entries, ask));
    if (answer instanceof ModelError) {
      refusal = failure(TOO_LONG, answer);
      continue;
    }
    usage = usage ? addUsage(usage, answer.usage) : answer.usage;
    const summary = answer.text.trim();
    if (saysTooLong(summary)) refusal = failure(TOO_LONG);
    else if (!summary || estimateTokens(summary) >= most) refusal = failure(summary ? NOT_SHORTER : EMPTY);
    else {
      const cut = answer.finishReason === 'length' || answer.finishReason === 'content-filter';
      const record: MessageRecord = {
        v: 1,
        sessionId: first.sessionId,
        // Before what stays, and within what the checkpoint stands for.
        seq: Math.max(0, (kept[0]?.seq ?? (records.at(-1) ?? first).seq + 1) - 1),
        turnId: request.turnId,
        role: 'user',
        summary: summaryText(cut ? `${summary}\n\n${BREAKS_OFF}` : summary, lastTools),
        at: deps.now(),
      };
      return { records: [record, ...kept], usage, ladder: rung.name, summarised: replaced.length };
    }
  }
  throw refusal;
}

/** @returns the error when the provider refused the conversation as too long */
async function answerTo(
  { callModel }: CompactDeps,
  { model, instructions, signal, turnId, step, attempt, onPart }: CompactionRequest,
  messages: ReturnType<typeof transcriptMessages>,
): Promise<ModelAnswer | ModelError> {
  try {
    return await callModel(
      {
        ...model,
        instructions: summaryInstructions(instructions),
        messages,
        tools: [],
        signal,
        turnId,
        step,
        attempt,
        ...(onPart ? { onPart } : {}),
      },
      // A summary is for the model: nobody sees it grow.
      () => {},
    );
  } catch (error) {
    if (error instanceof ModelError && error.code === 'context') return error;
    throw error;
  }
}

const BREAKS_OFF = '(The summary breaks off here.)';
const TOO_LONG =
  'This conversation is too long for the model, and it could not be summarised either. Start a new thread with what matters.';
const EMPTY = 'The model gave no summary of this conversation. Start a new thread with what matters.';
const NOT_SHORTER =
  'A summary of this conversation would be no shorter than the conversation. Start a new thread with what matters.';
const NOTHING_BEFORE =
  'There is nothing before this message that could be summarised: it is too long for the model by itself. Send it in parts.';

function failure(sentence: string, cause?: ModelError): ModelError {
  return new ModelError(
    {
      retryable: false,
      code: 'context',
      sentence,
      adminSentence: `${sentence}${cause ? ` The last answer of the provider: ${cause.adminSentence}` : ''} A model with a larger context would take it; a lower compactAtPercent summarises earlier.`,
    },
    cause ? { cause } : undefined,
  );
}
