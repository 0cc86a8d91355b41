import { settledLength } from '../../markdown/read-markdown.ts';
import { byteLength } from '../../slack/text.ts';
import type { ChunkBatch, FinishNotice } from '../../stream/chunks.ts';
import type { Cursor } from '../record.ts';
import type { Draft } from './draft.ts';
import { type FlowChunk, flowFrom, textRunAt } from './flow.ts';
import { fittingLength } from './split-text.ts';
import { beginContent } from './take-card.ts';
import { takeChunk } from './take-chunk.ts';

/**
 * Why no more of the log went into a message: all that is there was taken (`edge`), the message is full, or the
 * log comes to the turn's end or to a pause, which are left to be taken.
 */
export type FillStop =
  | { kind: 'edge' }
  | { kind: 'full' }
  | { kind: 'finish'; notice: FinishNotice }
  | { kind: 'pause'; pauseId: string; next: Cursor };

/** Takes as much of the log into a draft as its message has room for, in the order of arrival. */
export function fillDraft(draft: Draft, batches: readonly ChunkBatch[]): FillStop {
  const flow = flowFrom(batches, draft.spot.cursor);
  let at = 0;
  while (at < flow.length) {
    const item = flow[at];
    if (!item) break;
    if (item.chunk.type === 'text-delta') {
      const taken = takeText(draft, flow, at);
      if (taken.stop) return { kind: taken.stop };
      at += taken.chunks;
      continue;
    }
    if (item.chunk.type === 'finish') return { kind: 'finish', notice: item.chunk.messageMetadata };
    if (item.chunk.type === 'data-pause' && !goesOn(flow, at + 1))
      return { kind: 'pause', pauseId: item.chunk.data.pauseId, next: item.next };
    if (!takeChunk(draft, item)) return { kind: 'full' };
    draft.moveTo(item.next);
    at++;
  }
  return { kind: 'edge' };
}

/** Whether anything to be shown stands behind a pause: then the turn went on and nobody has to see it pause. */
function goesOn(flow: readonly FlowChunk[], from: number): boolean {
  return flow
    .slice(from)
    .some(
      ({ chunk }) => chunk.type.startsWith('tool-') || /^(data-resume|text-delta|finish)$/.test(chunk.type),
    );
}

function takeText(
  draft: Draft,
  flow: readonly FlowChunk[],
  start: number,
): { chunks: number; stop?: 'edge' | 'full' } {
  const run = textRunAt(flow, start);
  const atEdge = start + run.length === flow.length;
  const state = draft.textState;
  const ready = atEdge ? settledLength(state, run.text, draft.policy) : run.text.length;
  if (ready === 0) {
    if (run.text === '') draft.moveTo(run.cursorAt(0));
    return run.text === '' ? { chunks: run.length } : { chunks: 0, stop: 'edge' };
  }
  // White space at a part's beginning is nothing that people see: it parts no calls and ends no placeholder.
  if (draft.spot.gap && run.text.slice(0, ready).trim() === '') {
    if (atEdge) return { chunks: 0, stop: 'edge' };
    draft.moveTo(run.cursorAt(run.text.length));
    return { chunks: run.length };
  }
  const { mustTake } = draft;
  beginContent(draft);
  const upTo = draft.lengthWithinBlocks(run.text.slice(0, ready), mustTake);
  const room = draft.roomBytes - byteLength(draft.textPrefix());
  const taken = fittingLength(draft.textState, run.text, room, { policy: draft.policy, mustTake, upTo });
  if (taken > 0) {
    draft.addText(run.text, taken);
    draft.moveTo(run.cursorAt(taken));
  }
  if (taken < ready) return { chunks: 0, stop: 'full' };
  return ready < run.text.length ? { chunks: 0, stop: 'edge' } : { chunks: run.length };
}
