import { chunkSk, keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { TurnRecord } from '../turns/record.ts';
import { batchOf, type ChunkItem } from './chunk-item.ts';
import type { ChunkBatch, ChunkPosition } from './chunks.ts';

/** What stands at and behind a position of a turn's log. */
export interface TurnStream {
  /** The turn as it was after the batches were read; undefined when it is gone. */
  turn: TurnRecord | undefined;
  batches: ChunkBatch[];
  /** Whether the read stopped at `maxBatches`. */
  more: boolean;
}

/**
 * Which of the stored batches belong to the log: those of the present fence, and of former fences what their
 * seal covers. A former fence without a seal is being taken over: nothing of it or behind it is settled yet.
 */
export function visibleBatches(
  batches: readonly ChunkBatch[],
  turn: Pick<TurnRecord, 'fence' | 'seals'>,
): ChunkBatch[] {
  const visible: ChunkBatch[] = [];
  for (const batch of batches) {
    if (batch.fence < turn.fence) {
      const seal = turn.seals[String(batch.fence)];
      if (seal === undefined) break;
      if (batch.seq > seal) continue;
    }
    visible.push(batch);
  }
  return visible;
}

/**
 * Reads a turn's log from a position on (inclusive, since a cursor may stand inside a batch).
 *
 * The batches are read before the turn, both consistently: a batch that is seen under a fence which is still the
 * turn's own afterwards was written before any takeover, so the takeover's seal will cover it.
 */
export async function readTurnStream(
  store: Store,
  turnId: string,
  from: ChunkPosition,
  maxBatches: number,
): Promise<TurnStream> {
  const items = await store.query<ChunkItem>({
    pk: keys.turn(turnId).pk,
    prefix: 'CHUNK#',
    from: chunkSk(from.fence, from.seq),
    limit: maxBatches,
  });
  const turn = await store.get<TurnRecord>(keys.turn(turnId));
  return {
    turn,
    batches: turn ? visibleBatches(items.map(batchOf), turn) : [],
    more: items.length >= maxBatches,
  };
}

/** The last sequence that stands in the log under a fence; 0 when there is none. */
export async function lastSequence(store: Store, turnId: string, fence: number): Promise<number> {
  const [last] = await store.query<ChunkItem>({
    pk: keys.turn(turnId).pk,
    from: chunkSk(fence, 0),
    to: chunkSk(fence, 99_999_999),
    limit: 1,
    reverse: true,
  });
  return last?.seq ?? 0;
}
