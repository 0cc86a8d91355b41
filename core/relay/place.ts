import type { RelayRecord } from './record.ts';

/** Where a turn's own posts go: into its thread, or to the person, where an answer stands in no thread. */
export function placeOf({
  channel,
  threadTs,
  requester,
  view,
}: Pick<RelayRecord, 'channel' | 'threadTs' | 'requester' | 'view'>): {
  channel: string;
  thread_ts?: string;
} {
  return view.whole?.to === 'person' ? { channel: requester.userId } : { channel, thread_ts: threadTs };
}
