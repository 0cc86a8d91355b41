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

interface ShownLimits {
  /** Characters of a text, or of a field's name. */
  chars: number;
  /** Entries of a list, or fields. */
  entries: number;
  levels: number;
}

/**
 * Ever tighter. The last fits whatever it is given: ten names and ten texts of a hundred characters, of which none
 * takes more than six bytes of JSON.
 */
const SHOWN: readonly ShownLimits[] = [
  { chars: 1_000, entries: 20, levels: 6 },
  { chars: 300, entries: 20, levels: 4 },
  { chars: 100, entries: 20, levels: 2 },
  { chars: 100, entries: 10, levels: 1 },
];

/**
 * A value as the log carries it: as it is, or with its long texts, lists and depths cut where it is large. A list stays
 * a list and an object an object, for whoever shows it tells it in words.
 */
export function shownValue(value: unknown): unknown {
  let shown = value;
  for (const limits of SHOWN) {
    if (Buffer.byteLength(JSON.stringify(shown) ?? '') <= SHOWN_BYTES) break;
    shown = shortened(value, limits, 0);
  }
  return shown;
}

function shortened(value: unknown, limits: ShownLimits, level: number): unknown {
  const { chars, entries, levels } = limits;
  if (typeof value === 'string') return shortText(value, chars);
  if (typeof value !== 'object' || value === null) return value;
  if (level >= levels) return '…';
  if (Array.isArray(value))
    return value.slice(0, entries).map((entry) => shortened(entry, limits, level + 1));
  const fields = Object.entries(value).slice(0, entries);
  return Object.fromEntries(
    fields.map(([name, field]) => [shortText(name, chars), shortened(field, limits, level + 1)]),
  );
}

const shortText = (text: string, chars: number): string =>
  text.length > chars ? `${headOf(text, chars)}…` : text;
