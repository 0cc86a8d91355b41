import type { ChannelMessages } from '../../store/types.ts';

/** A thread: its channel and its first message. */
export type ThreadPlace = { channel: string; ts: string };

/** What an entry of a log is about, as far as it names a message or a thread. */
export type EntryPlace = { channel: string; ts: string; threadTs: string };

/** The thread that an entry belongs to; a message outside any thread is the beginning of its own. */
export function threadOf(entry: EntryPlace, messages: Map<string, ChannelMessages>): ThreadPlace | undefined {
  if (entry.channel === '') return undefined;
  if (entry.threadTs !== '') return { channel: entry.channel, ts: entry.threadTs };
  if (entry.ts === '') return undefined;
  const message = messages.get(entry.channel)?.byTs.get(entry.ts);
  return { channel: entry.channel, ts: message?.threadTs ?? entry.ts };
}

export function isInThread(
  entry: EntryPlace,
  thread: ThreadPlace | undefined,
  messages: Map<string, ChannelMessages>,
): boolean {
  if (!thread) return true;
  const found = threadOf(entry, messages);
  return found?.channel === thread.channel && found.ts === thread.ts;
}
