import { displayOf } from '../../display/display.ts';
import { feedbackBlock } from '../../feedback/feedback-block.ts';
import { inertLine } from '../../slack/text.ts';
import type { FinishNotice } from '../../stream/chunks.ts';
import { headOf } from '../../text.ts';
import type { RelayRecord, Spot } from '../record.ts';
import { footerText } from './footer.ts';
import type { FlushStream } from './plan.ts';

/** What stands in a turn's last message beyond the answer itself. */
export interface AnswerEnd {
  /** The plan's title, which is what a folded plan shows. */
  title?: string;
  /** Why the turn failed, was stopped or ends early, and that its answer is not whole. Markdown. */
  sentences: string[];
  /** The person to be mentioned. */
  mention?: string;
  /** Footer and thumbs: at the very bottom, in this order. */
  blocks: Record<string, unknown>[];
}

/** Sentences for people are short; a provider's error text may not be. */
const SENTENCE_LIMIT = 1_000;
const NOT_WHOLE = 'The answer above is not complete.';

/**
 * The end of a turn for people (capability 21), the same however its answer is shown.
 *
 * - Mention: the requester, once (case P-6), for `recipient_user_id` notifies nobody; not where the answer has
 *   mentioned them already. A compaction answers nobody, so it mentions nobody and has neither footer nor thumbs.
 * - Thumbs: where there is text to be judged, be it half an answer; not under a bare failure or stop.
 *
 * @param spot the place behind the whole log
 */
export function answerEnd(
  spot: Spot,
  notice: FinishNotice,
  turn: FlushStream['turn'],
  { turnId, requester, display }: Pick<RelayRecord, 'turnId' | 'requester' | 'display'>,
): AnswerEnd {
  const title = titleOfEnd(spot, notice);
  const said = { ...(title ? { title } : {}), sentences: closingSentences(spot, notice) };
  if (turn.kind) return { ...said, blocks: [] };
  const { footer, feedback } = displayOf(display);
  const text = footerText(footer, {
    agent: turn.agent,
    model: notice.model,
    workedMs: turn.workedMs,
    costUsd: notice.usage?.costUsd,
  });
  return {
    ...said,
    ...(spot.mentioned ? {} : { mention: requester.userId }),
    blocks: [
      ...(text ? [{ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }] : []),
      ...(feedback && spot.told ? [feedbackBlock(turnId)] : []),
    ],
  };
}

/** How it went, in a word; for one that went well how much was done, and how much of it failed. */
function titleOfEnd({ steps }: Spot, { end }: FinishNotice): string | undefined {
  if (end !== 'completed') return end === 'stopped' ? 'Stopped' : 'Failed';
  if (!steps) return undefined;
  const failed = steps.failed > 0 ? `, ${steps.failed} failed` : '';
  return `${steps.ended} ${steps.ended === 1 ? 'step' : 'steps'}${failed}`;
}

function closingSentences({ error, told }: Spot, { end, reason }: FinishNotice): string[] {
  const said = [end === 'failed' ? error : undefined, reason].flatMap((text) =>
    text?.trim() ? [shorten(text.trim())] : [],
  );
  const sentences = [...new Set(said)].map((text) => inertLine(text));
  if (end === 'completed' || !told) return sentences;
  // One line: what happened, and what that means for the text above.
  return [...sentences.slice(0, -1), [...sentences.slice(-1), NOT_WHOLE].join(' ')];
}

function shorten(text: string): string {
  return text.length <= SENTENCE_LIMIT ? text : `${headOf(text, SENTENCE_LIMIT - 1)}…`;
}
