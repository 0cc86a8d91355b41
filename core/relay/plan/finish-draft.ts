import type { FinishNotice } from '../../stream/chunks.ts';
import type { AnswerEnd } from './answer-end.ts';
import { chartBlocks, type ShownChart } from './charts.ts';
import type { Draft } from './draft.ts';
import { isPlaceholder } from './placeholder.ts';

/** What a card says whose call came to no end of its own. */
const outputOf: Record<FinishNotice['end'], string | undefined> = {
  completed: undefined,
  failed: 'Failed: it was not finished.',
  stopped: 'Stopped before it was done.',
};

/**
 * The turn's end in its last message, in this order (P-ST 28): the plan's title, the last cards, of which none stays
 * open (case G-33), what is to be said beyond the answer, its charts, and the mention at the very end (case P-6).
 * Footer and thumbs are blocks of the stop call and stand below all of it.
 */
export function finishDraft(
  draft: Draft,
  { end }: FinishNotice,
  { title, sentences, mention }: AnswerEnd,
  charts: readonly ShownChart[],
): void {
  // What waited for people was shown in the message before: its end is shown whole.
  if (draft.spot.paused !== undefined) draft.carryCards();
  if (title) draft.titlePlan(title);
  for (const card of draft.spot.open) {
    // Nothing of what stands for an answer that is still to come has failed by a stop.
    const failed = end === 'failed' || (end === 'stopped' && !isPlaceholder(card));
    draft.endCard(card, failed ? 'error' : 'complete', isPlaceholder(card) ? undefined : outputOf[end]);
  }
  for (const sentence of sentences) draft.showParagraph(sentence);
  draft.showBlocks(chartBlocks(charts));
  if (mention !== undefined) draft.showParagraph(`<@${mention}>`);
}
