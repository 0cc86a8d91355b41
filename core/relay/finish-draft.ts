import { inertMarkdown } from '../slack/text.ts';
import type { FinishNotice } from '../stream/chunks.ts';
import type { Draft } from './draft.ts';
import type { Spot } from './record.ts';

/** Sentences for people are short; a provider's error text may not be. */
const SENTENCE_LIMIT = 1_000;

/** What is said at a turn's end beyond the answer: why it failed, was stopped or ends early. */
export function closingSentences(spot: Pick<Spot, 'error'>, notice: FinishNotice): string[] {
  const said = [notice.end === 'failed' ? spot.error : undefined, notice.reason];
  const sentences = said.flatMap((text) => (text?.trim() ? [shorten(text.trim())] : []));
  return [...new Set(sentences)].map((text) => inertMarkdown(text));
}

/**
 * The turn's end in its last message: no card stays open (case G-33), what went wrong is said in a sentence, and
 * the requester is mentioned once, at the very end (case P-6): `recipient_user_id` alone notifies nobody.
 *
 * @param requesterId undefined where nobody is to be notified
 */
export function finishDraft(draft: Draft, notice: FinishNotice, requesterId: string | undefined): void {
  const status = notice.end === 'completed' ? 'complete' : 'error';
  for (const card of draft.spot.open) draft.endCard(card, status);
  if (notice.end !== 'completed') draft.titlePlan(notice.end === 'stopped' ? 'Stopped' : 'Failed');
  for (const sentence of closingSentences(draft.spot, notice)) draft.showParagraph(sentence);
  if (requesterId !== undefined) draft.showParagraph(`<@${requesterId}>`);
}

function shorten(text: string): string {
  return text.length <= SENTENCE_LIMIT ? text : `${text.slice(0, SENTENCE_LIMIT - 1)}…`;
}
