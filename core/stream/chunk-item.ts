import { type Key, keys } from '../store/keys.ts';
import { headOf } from '../text.ts';
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
const DELTA_CHARS = 20_000;

/** Parts a batch so that each piece fits into an item of the log. */
export function piecesOf(chunks: readonly StreamChunk[]): StreamChunk[][] {
  const pieces: StreamChunk[][] = [];
  let bytes = 0;
  for (const chunk of chunks.flatMap(smallChunks)) {
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

/** A provider may send its whole answer as one part. */
function smallChunks(chunk: StreamChunk): StreamChunk[] {
  if (!('delta' in chunk) || chunk.delta.length <= DELTA_CHARS) return [chunk];
  const head = headOf(chunk.delta, DELTA_CHARS);
  const rest = { ...chunk, delta: chunk.delta.slice(head.length) };
  return [{ ...chunk, delta: head }, ...smallChunks(rest)];
}

/** What a card or a viewer can use of a tool's arguments or result; the whole is in the turn's records. */
const SHOWN_BYTES = 16_000;
const SHOWN_CHARS = 1_000;
const SHOWN_ENTRIES = 20;
const SHOWN_LEVELS = 6;

/** A value as the log carries it: as it is, or with its long texts, lists and depths cut where it is large. */
export function shownValue(value: unknown): unknown {
  if (Buffer.byteLength(JSON.stringify(value) ?? '') <= SHOWN_BYTES) return value;
  const short = shortened(value, 0);
  const text = JSON.stringify(short);
  return Buffer.byteLength(text) <= SHOWN_BYTES ? short : `${headOf(text, SHOWN_CHARS)}…`;
}

function shortened(value: unknown, level: number): unknown {
  if (typeof value === 'string') return value.length > SHOWN_CHARS ? `${headOf(value, SHOWN_CHARS)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (level >= SHOWN_LEVELS) return '…';
  if (Array.isArray(value)) return value.slice(0, SHOWN_ENTRIES).map((entry) => shortened(entry, level + 1));
  const fields = Object.entries(value).slice(0, SHOWN_ENTRIES);
  return Object.fromEntries(fields.map(([name, field]) => [name, shortened(field, level + 1)]));
}
