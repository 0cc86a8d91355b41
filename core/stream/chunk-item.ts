import { type Key, keys } from '../store/keys.ts';
import type { ChunkBatch, ChunkPosition, StreamChunk } from './chunks.ts';

/** Viewers may come back for a week; a day more covers DynamoDB's late deletion of the turn's other items. */
const CHUNK_TTL_MS = 8 * 24 * 3_600_000;

/**
 * A stored batch of the log, `TURN#id` / `CHUNK#fence#seq`. The chunks are JSON text: what models and tools wrote
 * knows neither DynamoDB's range of numbers nor its 32 levels of nesting.
 */
export interface ChunkItem extends Key, ChunkPosition {
  v: 1;
  chunks: string;
  at: number;
  ttl: number;
}

export function chunkItem(
  turnId: string,
  { fence, seq }: ChunkPosition,
  chunks: readonly StreamChunk[],
  now: number,
): ChunkItem {
  return {
    ...keys.chunk(turnId, fence, seq),
    v: 1,
    fence,
    seq,
    chunks: JSON.stringify(chunks),
    at: now,
    ttl: Math.ceil((now + CHUNK_TTL_MS) / 1000),
  };
}

export function batchOf({ fence, seq, chunks, at }: ChunkItem): ChunkBatch {
  return { fence, seq, chunks: JSON.parse(chunks) as StreamChunk[], at };
}

/** An item holds 400 KB; a batch stays well below, and far below the megabyte that one query reads. */
const BATCH_BYTES = 100_000;

/** Parts a batch so that each piece fits into an item of the log. */
export function piecesOf(chunks: readonly StreamChunk[]): StreamChunk[][] {
  const pieces: StreamChunk[][] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    const size = Buffer.byteLength(JSON.stringify(chunk));
    const piece = pieces.at(-1);
    if (piece && bytes + size <= BATCH_BYTES) {
      piece.push(chunk);
      bytes += size;
    } else {
      pieces.push([chunk]);
      bytes = size;
    }
  }
  return pieces;
}

/** What a card or a viewer can use of a tool's arguments or result; the whole is in the turn's records. */
const SHOWN_BYTES = 16_000;

/** A value as the log carries it: as it is, or the beginning of its JSON where it is large. */
export function shownValue(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null';
  return Buffer.byteLength(text) <= SHOWN_BYTES ? value : `${text.slice(0, SHOWN_BYTES / 4)}…`;
}
