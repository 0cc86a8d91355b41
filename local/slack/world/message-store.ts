import { parseTs } from '../ids.ts';
import type { Message } from './types.ts';

/** The messages of one channel, found by timestamp and by thread without looking through all of them. */
class ChannelMessages {
  /** Oldest first. */
  readonly list: Message[] = [];
  readonly byTs = new Map<string, Message>();
  /** By the parent's timestamp: its replies without ephemeral ones, oldest first; the parent is not among them. */
  readonly replies = new Map<string, Message[]>();
  ephemeral = 0;
}

/** All messages, by channel, with an index each; timestamps and threads of stored messages never change. */
export class MessageStore {
  readonly #channels = new Map<string, ChannelMessages>();

  add(message: Message): void {
    let channel = this.#channels.get(message.channel);
    if (!channel) {
      channel = new ChannelMessages();
      this.#channels.set(message.channel, channel);
    }
    insert(channel.list, message);
    channel.byTs.set(message.ts, message);
    if (message.ephemeralFor !== undefined) channel.ephemeral += 1;
    else if (isReply(message)) {
      const replies = channel.replies.get(message.threadTs);
      if (replies) insert(replies, message);
      else channel.replies.set(message.threadTs, [message]);
    }
  }

  remove(message: Message): void {
    const channel = this.#channels.get(message.channel);
    if (channel?.byTs.get(message.ts) !== message) return;
    channel.byTs.delete(message.ts);
    drop(channel.list, message);
    if (message.ephemeralFor !== undefined) channel.ephemeral -= 1;
    else if (isReply(message)) {
      const replies = channel.replies.get(message.threadTs) ?? [];
      drop(replies, message);
      if (replies.length === 0) channel.replies.delete(message.threadTs);
    }
  }

  /** A channel's messages, oldest first, as a new list; ephemeral ones only when asked for. */
  in(channelId: string, with_: { ephemeral: boolean }): Message[] {
    const channel = this.#channels.get(channelId);
    if (!channel) return [];
    if (with_.ephemeral || channel.ephemeral === 0) return [...channel.list];
    return channel.list.filter((message) => message.ephemeralFor === undefined);
  }

  get(channelId: string, ts: string): Message | undefined {
    return this.#channels.get(channelId)?.byTs.get(ts);
  }

  /** The replies to a message, oldest first, without ephemeral ones; not to be changed by the caller. */
  replies(channelId: string, ts: string): readonly Message[] {
    return this.#channels.get(channelId)?.replies.get(ts) ?? [];
  }

  all(): Message[] {
    return [...this.#channels.values()].flatMap((channel) => channel.list);
  }

  clear(): void {
    this.#channels.clear();
  }
}

function isReply(message: Message): message is Message & { threadTs: string } {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}

/** Puts a message in its place; nearly always the end, as timestamps only grow. */
function insert(list: Message[], message: Message): void {
  let at = list.length;
  const micros = parseTs(message.ts);
  for (; at > 0; at--) {
    const before = list[at - 1];
    if (before && parseTs(before.ts) <= micros) break;
  }
  list.splice(at, 0, message);
}

function drop(list: Message[], message: Message): void {
  const index = list.lastIndexOf(message);
  if (index >= 0) list.splice(index, 1);
}
