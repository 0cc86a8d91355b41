import type { PageCall } from '../../store/types.ts';

/** The message that a call is about: what it created or changed, else what its arguments name. */
export function placeOf(call: PageCall): { channel: string; ts: string } | undefined {
  if (call.touched) return call.touched;
  return call.channel !== '' && call.ts !== '' ? { channel: call.channel, ts: call.ts } : undefined;
}

/** A call with its place, for the filter "one thread". */
export const placed = (call: PageCall): { channel: string; ts: string; threadTs: string } => ({
  channel: call.touched?.channel ?? call.channel,
  ts: call.touched?.ts ?? call.ts,
  threadTs: call.threadTs,
});
