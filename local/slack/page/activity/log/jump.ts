import { go } from '../../store/navigate.ts';
import { useStore } from '../../store/store.ts';
import type { Channel, Message, Person } from '../../store/types.ts';
import { foldPanel, NARROW } from '../frame/panel-state.ts';

export type Place = { channel: string; ts: string };

/** How long the message is marked, in milliseconds. */
const MARKED_MS = 3_000;

/** The message at a place, when it (still) exists. */
export const messageAt = (place: Place | undefined): Message | undefined =>
  place && useStore.getState().messages.get(place.channel)?.byTs.get(place.ts);

/** Whom to look as: whoever looks now when they can see the message, else the first person who can. */
export function viewerOf(
  message: Pick<Message, 'ephemeralFor'>,
  channel: Pick<Channel, 'members'>,
  user: string,
  people: Map<string, Pick<Person, 'isBot' | 'deleted'>>,
): string {
  if (message.ephemeralFor !== undefined) return message.ephemeralFor;
  if (channel.members.includes(user)) return user;
  const able = channel.members.find((id) => {
    const person = people.get(id);
    return person && !person.isBot && !person.deleted;
  });
  return able ?? user;
}

/**
 * Goes to a message and marks it for a moment. Returns false when it does not exist (any more).
 *
 * @param options.uncover fold the panel where it lies over the conversation
 */
export function showMessage(place: Place, options: { uncover?: boolean } = {}): boolean {
  const now = useStore.getState();
  const message = messageAt(place);
  const channel = now.channels.get(place.channel);
  if (!message || !channel) return false;
  const user = viewerOf(message, channel, now.user, now.people);
  const isReply = message.threadTs !== undefined && message.threadTs !== message.ts && !message.broadcast;
  const parent = isReply ? (message.threadTs ?? '') : '';
  const keepsThread =
    !isReply && place.channel === now.channel && window.innerWidth >= NARROW ? now.thread : '';
  go({ user, channel: place.channel, thread: isReply ? parent : keepsThread });
  if (options.uncover && window.innerWidth < NARROW) foldPanel();
  const highlight = { ...place };
  useStore.setState({ highlight });
  setTimeout(() => {
    if (useStore.getState().highlight === highlight) useStore.setState({ highlight: undefined });
  }, MARKED_MS);
  return true;
}
