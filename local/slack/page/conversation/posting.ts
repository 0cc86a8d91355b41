import type { App, Channel, Person } from '../store/types.ts';

/** Why somebody cannot write in a conversation, in a sentence; `canJoin` when joining would help. */
export type PostingNotice = { text: string; canJoin: boolean };

/** Undefined when the person can write. */
export function postingNotice(
  channel: Channel,
  me: Person,
  others: { people: ReadonlyMap<string, Person>; app: App | undefined },
): PostingNotice | undefined {
  if (channel.archived) return no(`#${channel.name} is archived: its messages stay, nobody can write here.`);
  if (!channel.members.includes(me.id)) {
    return { text: `You are looking at #${channel.name}.`, canJoin: channel.kind === 'channel' };
  }
  if (channel.postingRestricted && !me.isAdmin) return no(`Only admins can write in #${channel.name}.`);
  if (channel.kind !== 'im') return undefined;
  const other = others.people.get(channel.members.find((id) => id !== me.id) ?? '');
  if (other?.deleted) return no(`${other.displayName} has been deactivated.`);
  const { app } = others;
  if (app && (!app.messagesTab || app.messagesTabReadOnly))
    return no('Sending messages to this app has been turned off.');
  return undefined;
}

const no = (text: string): PostingNotice => ({ text, canJoin: false });
