import type { Place } from './place.ts';
import type { PageStore } from './store.ts';
import type { ChannelMessages } from './types.ts';

/** Counting stops here: "99+" says enough. */
export const MAX_UNREAD = 100;

const keyOf = (user: string, channel: string): string => `${user}/${channel}`;

/** Until when a person has read a channel: a timestamp. */
export const readUntil = (
  state: Pick<PageStore, 'lastRead' | 'loadedTs'>,
  user: string,
  channel: string,
): string => state.lastRead.get(keyOf(user, channel)) ?? state.loadedTs;

/** How many messages of others a person has not seen in a channel, at most `MAX_UNREAD`. */
export function countUnread(state: PageStore, channelId: string): number {
  if (channelId === state.channel && state.home === '') return 0;
  const channel = state.messages.get(channelId);
  if (!channel) return 0;
  const until = readUntil(state, state.user, channelId);
  // In DMs with an agent every answer stands in a thread, so replies count there.
  const direct = ['im', 'mpim'].includes(state.channels.get(channelId)?.kind ?? '');
  let count = countAfter(channel, channel.top, until, state.user);
  if (direct)
    for (const list of channel.replies.values()) count += countAfter(channel, list, until, state.user);
  return Math.min(count, MAX_UNREAD);
}

function countAfter(channel: ChannelMessages, list: string[], until: string, user: string): number {
  let count = 0;
  for (let at = list.length - 1; at >= 0 && count < MAX_UNREAD; at--) {
    const ts = list[at] ?? '';
    if (ts <= until) break;
    const message = channel.byTs.get(ts);
    const mine = message?.user === user;
    const hidden = message?.ephemeralFor !== undefined && message.ephemeralFor !== user;
    if (message && !mine && !hidden) count++;
  }
  return count;
}

/** The newest timestamp of a channel, replies included. */
function newest(channel: ChannelMessages | undefined): string {
  let last = channel?.top.at(-1) ?? '';
  for (const list of channel?.replies.values() ?? []) {
    const ts = list.at(-1) ?? '';
    if (ts > last) last = ts;
  }
  return last;
}

/** What changes when somebody comes to a place: the one that was left is read, and what is new here is remembered. */
export function enter(state: PageStore, place: Place): Pick<PageStore, 'newSince' | 'entered' | 'lastRead'> {
  if (!state.ready) return { newSince: '', entered: false, lastRead: state.lastRead };
  const { lastRead } = state;
  if (state.entered) markRead(state, state.user, state.channel);
  const since = readUntil(state, place.user, place.channel);
  const unread = newest(state.messages.get(place.channel)) > since;
  markRead(state, place.user, place.channel);
  return { newSince: unread ? since : '', entered: true, lastRead };
}

function markRead(state: PageStore, user: string, channel: string): void {
  const last = newest(state.messages.get(channel));
  if (last > readUntil(state, user, channel)) state.lastRead.set(keyOf(user, channel), last);
}
