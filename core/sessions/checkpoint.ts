import type { Bodies } from '../store/bodies.ts';
import type { Checkpoint, MessageRecord } from './record.ts';

export interface NewCheckpoint {
  sessionId: string;
  turnId: string;
  fence: number;
  /** The last message that the checkpoint stands for. */
  seq: number;
  /** What is read in place of all messages up to `seq`, in the order in which it is read. */
  records: readonly MessageRecord[];
  kind: Checkpoint['kind'];
}

/**
 * Puts what stands for a conversation's beginning into one body, for a turn or session to name in its next commit.
 * The body's name holds turn and fence, so that a run that lost its turn overwrites nothing that is named; one that
 * nobody came to name is never read.
 */
export async function writeCheckpoint(
  bodies: Pick<Bodies, 'put'>,
  { sessionId, turnId, fence, seq, records, kind }: NewCheckpoint,
): Promise<Checkpoint> {
  const key = `sessions/${sessionId}/checkpoints/${seq}-${kind}-${turnId}-${fence}`;
  // What lies behind is read from the table.
  await bodies.put(
    key,
    records.filter((record) => record.seq <= seq),
  );
  return { seq, key, kind };
}

/**
 * Whether enough messages stand behind the last checkpoint for a new one.
 *
 * @param lastSeq the last message's sequence
 * @param checkpointMessages `limits.checkpointMessages`
 */
export function checkpointDue(
  lastSeq: number,
  checkpoint: Pick<Checkpoint, 'seq'> | undefined,
  checkpointMessages: number,
): boolean {
  return lastSeq - (checkpoint?.seq ?? 0) >= checkpointMessages;
}
