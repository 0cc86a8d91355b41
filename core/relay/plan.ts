import type { ShowMethod } from '../settings.ts';
import type { ChunkBatch } from '../stream/chunks.ts';
import type { TurnRecord } from '../turns/record.ts';
import type { InFlight, RelayView } from './record.ts';

/** What a flush works on: the log from the record's place on, and the turn as it is. */
export interface FlushStream {
  turn: Pick<TurnRecord, 'end' | 'state' | 'kind'> &
    Partial<Pick<TurnRecord, 'agent' | 'createdAt' | 'usage' | 'attachments'>>;
  batches: readonly ChunkBatch[];
  /** Another turn of the session waits or works: it stays `processing` behind this one's last stop. */
  successor?: boolean;
}

/** One call to Slack, and the view that stands when it was applied. */
export interface PlannedCall {
  method: ShowMethod;
  /** Arguments without `channel` and `ts`, which the record knows. */
  args: Record<string, unknown>;
  /** A message that it opens has an empty `ts` here. */
  after: RelayView;
  /** By what the call is recognised if its answer is lost. */
  mark: Pick<InFlight, 'text' | 'card'>;
  /** Not before, epoch milliseconds. */
  at: number;
  /** A last flush takes from the budget's reserve. */
  urgent: boolean;
  /** Whether it brings anything of the log; a call that does not is done when its stream is gone. */
  brings: boolean;
}

/** The calls to make, one after the other, and the view when none is (left) to be made. */
export interface FlushPlan {
  calls: PlannedCall[];
  view: RelayView;
}
