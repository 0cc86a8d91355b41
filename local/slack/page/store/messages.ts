import type { ChannelMessages, Message } from './types.ts';

/** Whether a message stands in a thread and is not its parent. */
export const isReply = (message: Message): boolean =>
  message.threadTs !== undefined && message.threadTs !== message.ts;

/** The thread that a message belongs to or would begin. */
export const threadOf = (message: Message): string => message.threadTs ?? message.ts;

export const emptyChannel = (): ChannelMessages => ({
  byTs: new Map(),
  top: [],
  replies: new Map(),
  ephemeral: new Set(),
  streaming: new Set(),
});

/** Stores a message, new or changed. Cheap at the end of a list, where new ones belong. */
export function putMessage(channel: ChannelMessages, message: Message): void {
  const { ts } = message;
  const isNew = !channel.byTs.has(ts);
  channel.byTs.set(ts, message);
  if (message.streamingState === 'in_progress') channel.streaming.add(ts);
  else channel.streaming.delete(ts);
  if (!isNew) return;
  if (message.ephemeralFor !== undefined) channel.ephemeral.add(ts);
  const reply = isReply(message);
  if (reply) {
    const parent = message.threadTs ?? '';
    channel.replies.set(parent, inserted(channel.replies.get(parent) ?? [], ts));
  }
  if (!reply || message.broadcast) channel.top = inserted(channel.top, ts);
}

/** Forgets a message and its places in the lists. */
export function dropMessage(channel: ChannelMessages, ts: string): void {
  const message = channel.byTs.get(ts);
  if (!message) return;
  channel.byTs.delete(ts);
  channel.ephemeral.delete(ts);
  channel.streaming.delete(ts);
  channel.top = channel.top.filter((one) => one !== ts);
  const parent = message.threadTs;
  const siblings = parent === undefined ? undefined : channel.replies.get(parent);
  if (parent !== undefined && siblings)
    channel.replies.set(
      parent,
      siblings.filter((one) => one !== ts),
    );
}

/** A sorted list with one more timestamp: Slack's timestamps of one length sort as text. */
function inserted(list: string[], ts: string): string[] {
  const last = list.at(-1);
  if (last === undefined || last < ts) return [...list, ts];
  const at = list.findIndex((one) => one > ts);
  return at < 0 ? [...list, ts] : list.toSpliced(at, 0, ts);
}
