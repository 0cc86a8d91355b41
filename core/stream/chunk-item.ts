import { type Key, keys } from '../store/keys.ts';
import type { ChunkBatch, ChunkPosition, StreamChunk } from './chunks.ts';

/** Viewers may come back for a week; a day more covers DynamoDB's late deletion of the turn's other items. */
const CHUNK_TTL_MS = 8 * 24 * 3_600_000;

/** A stored batch of the log, `TURN#id` / `CHUNK#fence#seq`. */
export function chunkItem(
  turnId: string,
  { fence, seq }: ChunkPosition,
  chunks: StreamChunk[],
  now: number,
): Key & ChunkBatch & { v: 1; ttl: number } {
  return {
    ...keys.chunk(turnId, fence, seq),
    v: 1,
    fence,
    seq,
    chunks,
    at: now,
    ttl: Math.ceil((now + CHUNK_TTL_MS) / 1000),
  };
}
