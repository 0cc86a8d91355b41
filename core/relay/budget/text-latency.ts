import type { ChunkBatch } from '../../stream/chunks.ts';
import type { RelayDeps } from '../deps.ts';
import type { PlannedCall } from '../plan/plan.ts';
import type { Cursor, RelayView } from '../record.ts';

/**
 * Measures how late a call's text came to Slack, now that it was taken.
 *
 * @param before the view from which the call was planned
 */
export function measureText(
  { now, measure }: Pick<RelayDeps, 'now' | 'measure'>,
  batches: readonly ChunkBatch[],
  before: RelayView,
  { method, after }: Pick<PlannedCall, 'method' | 'after'>,
): void {
  // A stream that takes a stand-in's place brings what was seen in it already.
  if (before.progress && method === 'chat.startStream') return;
  for (const ms of textLatencies(batches, before.spot.cursor, after.spot.cursor, now()))
    measure('TextLatency', ms);
}

/**
 * How old the batches of text are that a call brought to Slack: one figure per batch, counted with the call that
 * brings its end.
 *
 * @param from the place in the log before the call
 * @param to the place behind what it brought
 * @param now when Slack had taken it, epoch milliseconds
 * @returns milliseconds, in the log's order
 */
export function textLatencies(
  batches: readonly ChunkBatch[],
  from: Cursor,
  to: Cursor,
  now: number,
): number[] {
  return batches
    .filter((batch) => {
      const last = batch.chunks.findLastIndex(({ type }) => type === 'text-delta');
      return last >= 0 && isBefore(from, batch, last) && !isBefore(to, batch, last);
    })
    .map(({ at }) => Math.max(0, now - at));
}

/** Whether a place is before the end of a batch's chunk. */
function isBefore(place: Cursor, batch: ChunkBatch, index: number): boolean {
  if (place.fence !== batch.fence) return place.fence < batch.fence;
  if (place.seq !== batch.seq) return place.seq < batch.seq;
  return place.index <= index;
}
