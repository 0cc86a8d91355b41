import { parseTs } from '../ids.ts';
import type { Channel, Message } from '../world/types.ts';
import { ApiError } from './errors.ts';
import type { Caller, MethodCall } from './method.ts';

/** @throws ApiError missing_scope with what is needed and what was provided (§1.6 Generic) */
export function requireScope({ scopes }: Caller, needed: string): void {
  if (scopes.includes(needed)) return;
  throw new ApiError('missing_scope', { needed, provided: scopes.join(',') });
}

/** icon_* and username may be set only with chat:write.customize (§1.1). */
export function requireCustomize({ caller, args }: MethodCall): void {
  const customized = ['icon_emoji', 'icon_url', 'username'].some((name) => args.has(name));
  if (customized) requireScope(caller, 'chat:write.customize');
}

/** The kind of scope that reading a channel needs, e.g. `channels:history`. */
export function channelScope(channel: Channel, right: 'history' | 'read'): string {
  const prefix = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' }[channel.kind];
  return `${prefix}:${right}`;
}

/**
 * A channel that the caller can see: of its workspace or shared with it; public, or with the caller in it.
 * @throws ApiError channel_not_found
 */
export function findChannel({ sim, caller }: MethodCall, id: string): Channel {
  const channel = sim.world.channels.get(id);
  const visible =
    channel &&
    sim.world.sees(caller.installation.teamId, channel) &&
    (channel.kind === 'channel' || channel.members.has(caller.userId));
  if (!visible) throw new ApiError('channel_not_found');
  return channel;
}

/**
 * A channel that the caller can write to (§1.12 start: "channel exists/member/archived").
 * @param given.publicly a public channel that the bot is not in will do with `chat:write.public` (§10.3)
 * @throws ApiError channel_not_found, not_in_channel, is_archived, messages_tab_disabled,
 *   restricted_action_read_only_channel
 */
export function writableChannel(call: MethodCall, id: string, given: { publicly?: boolean } = {}): Channel {
  // A user id stands for the DM with that person.
  const person = call.sim.world.people.get(id);
  const dm = person && call.sim.world.dm(person.id, call.caller.installation.botUserId);
  const channel = dm ?? findChannel(call, id);
  const publicly =
    given.publicly === true && channel.kind === 'channel' && call.caller.scopes.includes('chat:write.public');
  if (!publicly && !channel.members.has(call.caller.installation.botUserId)) {
    throw new ApiError('not_in_channel');
  }
  if (channel.archived) throw new ApiError('is_archived');
  if (channel.kind === 'im' && !call.caller.app.messagesTab) throw new ApiError('messages_tab_disabled');
  if (channel.postingRestricted) throw new ApiError('restricted_action_read_only_channel');
  return channel;
}

/**
 * The thread to write into: the timestamp of a message that is not a reply itself.
 * @throws ApiError invalid_thread_ts for a malformed one or a reply's, `missing` for one that does not exist
 */
export function threadParent(call: MethodCall, channel: Channel, threadTs: string, missing: string): Message {
  if (Number.isNaN(parseTs(threadTs))) throw new ApiError('invalid_thread_ts');
  const parent = call.sim.world.message(channel.id, threadTs);
  if (!parent || parent.ephemeralFor !== undefined) throw new ApiError(missing);
  if (parent.threadTs !== undefined && parent.threadTs !== parent.ts) throw new ApiError('invalid_thread_ts');
  return parent;
}
