import { publishChannelChange } from '../../events/publish-channel.ts';
import { channelView } from '../../world/channel-view.ts';
import { createChannel } from '../../world/create.ts';
import type { Channel } from '../../world/types.ts';
import type { World } from '../../world/world.ts';
import type { ArgTable } from '../arguments.ts';
import { requireRight } from '../channel-scopes.ts';
import { findChannel } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { viewerOf } from '../viewer.ts';
import { isGeneral } from './conversations-members.ts';

const CHANNEL: ArgTable = { channel: { type: 'string', required: true } };
const MAX_NAME = 80;
const MAX_TOPIC = 250;

/** conversations.create: the caller is its first member. */
export const create: Method = {
  args: { name: { type: 'string' }, is_private: { type: 'boolean' }, team_id: { type: 'string' } },
  scopes: [],
  tokens: ['bot', 'user'],
  namesTeam: true,
  run({ sim, caller, args }) {
    const kind = args.boolean('is_private') ? 'group' : 'channel';
    requireRight(caller, kind, 'manage');
    const { teamId } = caller.installation;
    const name = freeName(sim.world, teamId, args.string('name'));
    const created = Math.floor(sim.clock.now() / 1000);
    const members = [caller.userId];
    const channel = createChannel(sim.world, {
      teamId,
      kind,
      name,
      members,
      created,
      creator: caller.userId,
    });
    sim.changes.emit({ type: 'world' });
    return { channel: channelView(sim.world, channel, viewerOf(caller)) };
  },
};

/** A name for a channel: up to 80 lower-case letters, digits, hyphens and underscores, and not in use. */
function freeName(world: World, teamId: string, name: string | undefined): string {
  if (!name) throw new ApiError('invalid_name_required');
  if (name.length > MAX_NAME) throw new ApiError('invalid_name_maxlength');
  if (/^[^\p{L}\p{N}]+$/u.test(name)) throw new ApiError('invalid_name_punctuation');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new ApiError('invalid_name_specials');
  const taken = [...world.channels.values()].some(
    (one) => one.teamId === teamId && one.kind !== 'im' && one.kind !== 'mpim' && one.name === name,
  );
  if (taken) throw new ApiError('name_taken');
  return name;
}

/** A channel that the caller may change. @throws ApiError channel_not_found, missing_scope, not_in_channel */
function managed(call: MethodCall, right: 'manage' | 'describe'): Channel {
  const channel = findChannel(call, call.args.required('channel'));
  requireRight(call.caller, channel.kind, right);
  if (!channel.members.has(call.caller.userId)) throw new ApiError('not_in_channel');
  return channel;
}

function changed({ sim, caller }: MethodCall, channel: Channel) {
  sim.changes.emit({ type: 'world' });
  return { channel: channelView(sim.world, channel, viewerOf(caller)) };
}

/** conversations.archive */
export const archive: Method = {
  args: CHANNEL,
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const channel = managed(call, 'manage');
    if (isGeneral(channel)) throw new ApiError('cant_archive_general');
    if (channel.archived) throw new ApiError('already_archived');
    channel.archived = true;
    publishChannelChange(call.sim, channel, { change: 'archive', user: call.caller.userId });
    changed(call, channel);
    return {};
  },
};

/** conversations.unarchive */
export const unarchive: Method = {
  args: CHANNEL,
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const channel = managed(call, 'manage');
    if (!channel.archived) throw new ApiError('not_archived');
    channel.archived = false;
    publishChannelChange(call.sim, channel, { change: 'unarchive', user: call.caller.userId });
    changed(call, channel);
    return {};
  },
};

/** conversations.rename */
export const rename: Method = {
  args: { ...CHANNEL, name: { type: 'string' } },
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const channel = managed(call, 'manage');
    if (channel.archived) throw new ApiError('is_archived');
    const name = freeName(call.sim.world, channel.teamId, call.args.string('name'));
    channel.previousNames.unshift(channel.name);
    channel.name = name;
    publishChannelChange(call.sim, channel, { change: 'rename', user: call.caller.userId });
    return changed(call, channel);
  },
};

/** conversations.setTopic and setPurpose: up to 250 characters. */
function describing(what: 'topic' | 'purpose'): Method {
  return {
    args: { ...CHANNEL, [what]: { type: 'string', required: false } },
    scopes: [],
    tokens: ['bot', 'user'],
    run(call) {
      const channel = managed(call, 'describe');
      if (channel.archived) throw new ApiError('is_archived');
      const text = call.args.string(what) ?? '';
      if (text.length > MAX_TOPIC) throw new ApiError('too_long');
      channel[what] = text;
      return { ...changed(call, channel), [what]: text };
    },
  };
}

export const setTopic = describing('topic');
export const setPurpose = describing('purpose');
