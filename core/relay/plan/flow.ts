import type { ChunkBatch, StreamChunk } from '../../stream/chunks.ts';
import type { Cursor } from '../record.ts';

/** One chunk of the log from a cursor on, with the places before and behind it. */
export interface FlowChunk {
  chunk: StreamChunk;
  at: Cursor;
  next: Cursor;
}

/**
 * The chunks that stand at and behind a cursor; the first may be taken in part. `finish` is the last one, whatever
 * somebody wrote behind it (case P-22).
 */
export function flowFrom(batches: readonly ChunkBatch[], cursor: Cursor): FlowChunk[] {
  const flow: FlowChunk[] = [];
  for (const { fence, seq, chunks } of batches) {
    if (fence < cursor.fence || (fence === cursor.fence && seq < cursor.seq)) continue;
    const here = fence === cursor.fence && seq === cursor.seq;
    for (const [index, chunk] of chunks.entries()) {
      if (here && index < cursor.index) continue;
      const offset = here && index === cursor.index ? cursor.offset : 0;
      // Behind its last chunk a batch is done: the next read need not bring it again.
      const last = index === chunks.length - 1;
      const next = last
        ? { fence, seq: seq + 1, index: 0, offset: 0 }
        : { fence, seq, index: index + 1, offset: 0 };
      flow.push({ chunk, at: { fence, seq, index, offset }, next });
      if (chunk.type === 'finish') return flow;
    }
  }
  return flow;
}

/** Consecutive text deltas as one text, with the place of each of its characters. */
export interface TextRun {
  text: string;
  /** Chunks of the flow that it covers. */
  length: number;
  /** The cursor behind `taken` characters. */
  cursorAt(taken: number): Cursor;
}

export function textRunAt(flow: readonly FlowChunk[], start: number): TextRun {
  const pieces: { text: string; flow: FlowChunk }[] = [];
  for (const item of flow.slice(start)) {
    if (item.chunk.type !== 'text-delta') break;
    pieces.push({ text: item.chunk.delta.slice(item.at.offset), flow: item });
  }
  return {
    text: pieces.map((piece) => piece.text).join(''),
    length: pieces.length,
    cursorAt(taken) {
      let left = taken;
      for (const { text, flow: item } of pieces) {
        if (left < text.length) return { ...item.at, offset: item.at.offset + left };
        left -= text.length;
      }
      return pieces.at(-1)?.flow.next ?? { fence: 0, seq: 0, index: 0, offset: 0 };
    },
  };
}
