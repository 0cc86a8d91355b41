import type { FinishNotice } from '../../stream/chunks.ts';
import type { AnswerEnd } from './answer-end.ts';
import { chartBlocks, chartsWithin, type ShownChart } from './charts.ts';
import type { Draft } from './draft.ts';
import { isPlaceholder } from './placeholder.ts';
import { hasRoomForEnd } from './take-card.ts';

/** What a card says whose call came to no end of its own. */
const outputOf: Record<FinishNotice['end'], string | undefined> = {
  completed: undefined,
  failed: 'Failed: it was not finished.',
  stopped: 'Stopped before it was done.',
};

/** No card stays open behind the turn's end (case G-33). */
export function endCards(draft: Draft, end: FinishNotice['end']): void {
  for (const card of draft.spot.open) {
    // Nothing of what stands for an answer that is still to come has failed by a stop.
    const failed = end === 'failed' || (end === 'stopped' && !isPlaceholder(card));
    const output = isPlaceholder(card) ? undefined : outputOf[end];
    const hasRoom = hasRoomForEnd(draft, card, output);
    // What is in this message ends whatever its size; what stood in one before has ended there.
    const isShown = !card.absent || hasRoom;
    draft.endCard(card, failed ? 'error' : 'complete', hasRoom ? output : undefined, isShown);
  }
}

/**
 * The turn's end in its last message, in this order (P-ST 28): the plan's title, the last cards, what is to be said
 * beyond the answer, its charts, and the mention at the very end (case P-6).
 * Footer and thumbs are blocks of the stop call and stand below all of it.
 *
 * @returns the charts that the message has room for
 */
export function finishDraft(
  draft: Draft,
  { end }: FinishNotice,
  { title, sentences, mention }: AnswerEnd,
  charts: readonly ShownChart[],
): ShownChart[] {
  // What waited for people was shown in the message before: its end is shown whole.
  if (draft.spot.paused !== undefined) draft.carryCards();
  if (title) draft.titlePlan(title);
  endCards(draft, end);
  for (const sentence of sentences) draft.showParagraph(sentence);
  const drawn = chartsWithin(charts, draft.roomBytes);
  draft.showBlocks(chartBlocks(drawn));
  if (mention !== undefined) draft.showParagraph(`<@${mention}>`);
  return drawn;
}
