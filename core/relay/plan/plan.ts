import type { ShowMethod } from '../../settings.ts';
import type { ChunkBatch } from '../../stream/chunks.ts';
import type { TurnRecord } from '../../turns/record.ts';
import type { Priority } from '../budget/priority.ts';
import type { InFlight, RelayView } from '../record.ts';
import type { ShownChart } from './charts.ts';

/** What a flush works on: the log from the record's place on, and the turn as it is. */
export interface FlushStream {
  turn: Pick<TurnRecord, 'end' | 'state' | 'kind'> &
    Partial<Pick<TurnRecord, 'agent' | 'createdAt' | 'workedMs' | 'usage' | 'attachments'>>;
  batches: readonly ChunkBatch[];
  /** The answer's charts with their contents, once the turn has ended. */
  charts?: readonly ShownChart[];
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
  /** Which part of the method's budget it may take. */
  priority: Priority;
  /** Whether it brings anything of the log; a call that does not is done when its stream is gone. */
  brings: boolean;
}

/** The calls to make, one after the other, and the view when none is (left) to be made. */
export interface FlushPlan {
  calls: PlannedCall[];
  view: RelayView;
  /** What is to be shown stands before what was read: the log is to be read again, for the view. */
  unread?: true;
}

/** Whether a call is the first post of what stands in for a stream. */
export const beginsStandIn = ({ method, brings }: Pick<PlannedCall, 'method' | 'brings'>): boolean =>
  method === 'chat.postMessage' && !brings;
