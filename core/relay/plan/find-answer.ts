import { isCompactionCall } from '../../compaction/chunks.ts';
import type { ChunkBatch, StreamChunk } from '../../stream/chunks.ts';
import { type Cursor, firstSpot, type RelayView, type Spot, type Whole } from '../record.ts';
import { flowFrom } from './flow.ts';

/**
 * Looks for the answer of a turn that shows nothing else (surface `final`): the text behind its last step. Text may
 * be the answer until another step comes, so nothing is posted before the whole log was looked through. That is done
 * in portions: the view's place tells how far, and where the answer begins by then stands beside it.
 *
 * @param batches the log from the view's place on
 * @returns `unread` when the answer is known now and begins before these batches
 */
export function findAnswer(
  view: RelayView,
  batches: readonly ChunkBatch[],
): { view: RelayView; unread: boolean } {
  const whole = view.whole ?? openAnswer(view);
  if (whole.answer !== 'open' || view.finished) return { view, unread: false };
  let { from } = whole;
  let isHere = from.cursor.fence === view.spot.cursor.fence && from.cursor.seq === view.spot.cursor.seq;
  let { cursor } = view.spot;
  let answer: Whole['answer'] = 'open';
  for (const { chunk, next } of flowFrom(batches, cursor)) {
    if (chunk.type === 'error') from = { ...from, error: chunk.errorText };
    if (chunk.type === 'finish') answer = 'known';
    else cursor = next;
    if (!beginsAnew(chunk)) continue;
    from = answerFrom(next, from.error);
    isHere = true;
  }
  return {
    view: { ...view, spot: { ...view.spot, cursor }, whole: { ...whole, from, answer } },
    unread: answer === 'known' && !isHere,
  };
}

/** An answer that is still to be looked for, from the view's place on. */
export function openAnswer({ spot }: Pick<RelayView, 'spot'>): Whole {
  return { from: spot, parts: 0, form: 'blocks', to: 'thread', answer: 'open' };
}

function answerFrom(cursor: Cursor, error: string | undefined): Spot {
  return { ...firstSpot, cursor, gap: true, ...(error === undefined ? {} : { error }) };
}

/** What came before a step is not the answer, and neither is what a model began before it failed. */
function beginsAnew(chunk: StreamChunk): boolean {
  if (chunk.type === 'data-retry') return true;
  // A summary of the conversation may come behind the answer.
  return chunk.type.startsWith('tool-') && 'toolCallId' in chunk && !isCompactionCall(chunk.toolCallId);
}
