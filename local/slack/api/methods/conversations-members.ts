import type { JsonObject } from '../../json.ts';
import { channelView } from '../../world/channel-view.ts';
import { join as addMember, leave as removeMember } from '../../world/membership.ts';
import { acquaintance } from '../../world/person-view.ts';
import type { Channel } from '../../world/types.ts';
import type { ArgTable } from '../arguments.ts';
import { requireRight } from '../channel-scopes.ts';
import { channelScope, findChannel, requireScope } from '../checks.ts';
import { CURSOR_ARGS, pageOf } from '../cursor.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { viewerOf } from '../viewer.ts';

const CHANNEL: ArgTable = { channel: { type: 'string', required: true } };
/** People that one call may invite. */
const MAX_INVITED = 1000;

/** conversations.members, in the order they came. @throws ApiError channel_not_found, fetch_members_failed */
export const members: Method = {
  args: { ...CHANNEL, ...CURSOR_ARGS },
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const channel = findChannel(call, call.args.required('channel'));
    requireScope(call.caller, channelScope(channel, 'read'));
    const { items, rest } = pageOf([...channel.members], call.args, { kind: 'user', idOf: (id) => id });
    return { members: items, ...rest };
  },
};

/** conversations.join: a public channel; one that the caller is in already is a warning. */
export const join: Method = {
  args: CHANNEL,
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const { sim, caller, warnings } = call;
    const channel = findChannel(call, call.args.required('channel'));
    requireRight(caller, channel.kind, 'join');
    if (channel.archived) throw new ApiError('is_archived');
    if (!addMember(sim, channel, caller.userId)) warnings.push('already_in_channel');
    return { channel: channelView(sim.world, channel, viewerOf(caller)) };
  },
};

/** conversations.leave: everything but DMs and #general; one that the caller is not in is no error. */
export const leave: Method = {
  args: CHANNEL,
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const { sim, caller } = call;
    const channel = findChannel(call, call.args.required('channel'));
    requireRight(caller, channel.kind, 'leave');
    if (channel.archived) throw new ApiError('is_archived');
    if (isGeneral(channel) && caller.token?.kind === 'user') throw new ApiError('cant_leave_general');
    return removeMember(sim, channel, caller.userId) ? {} : { not_in_channel: true };
  },
};

/** conversations.invite: all or nobody, unless `force`; `errors` names each that could not be. */
export const invite: Method = {
  args: { ...CHANNEL, users: { type: 'string', required: true }, force: { type: 'boolean' } },
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const { sim, caller, args } = call;
    const channel = findChannel(call, args.required('channel'));
    requireRight(caller, channel.kind, 'invite');
    if (!channel.members.has(caller.userId)) throw new ApiError('not_in_channel');
    if (channel.archived) throw new ApiError('is_archived');
    const users = [
      ...new Set(
        args
          .required('users')
          .split(/[\s,]+/)
          .filter((id) => id !== ''),
      ),
    ];
    if (users.length === 0) throw new ApiError('no_user');
    if (users.length > MAX_INVITED) throw new ApiError('too_many_users');
    const errors = users.flatMap((user): JsonObject[] => {
      const error = cannotInvite(call, channel, user);
      return error === undefined ? [] : [{ user, ok: false, error }];
    });
    const [first] = errors;
    const good = users.filter((user) => !errors.some((one) => one.user === user));
    if (first && (!args.boolean('force') || good.length === 0))
      throw new ApiError(String(first.error), { errors });
    for (const user of good) addMember(sim, channel, user, caller.userId);
    const view = channelView(sim.world, channel, viewerOf(caller));
    return { channel: view, ...(first ? { errors } : {}) };
  },
};

/** Why a person cannot be invited; undefined when nothing speaks against it. */
function cannotInvite({ sim, caller }: MethodCall, channel: Channel, user: string): string | undefined {
  const person = sim.world.people.get(user);
  if (!person || !acquaintance(sim.world, person, viewerOf(caller))) return 'user_not_found';
  if (user === caller.userId) return 'cant_invite_self';
  if (channel.members.has(user)) return 'already_in_channel';
  if (person.deleted || !sim.world.sees(person.teamId, channel)) return 'cant_invite';
  return undefined;
}

/** conversations.kick */
export const kick: Method = {
  args: { ...CHANNEL, user: { type: 'string', required: true } },
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const { sim, caller, args } = call;
    const channel = findChannel(call, args.required('channel'));
    requireRight(caller, channel.kind, 'manage');
    const user = args.required('user');
    if (!sim.world.people.has(user)) throw new ApiError('user_not_found');
    if (user === caller.userId) throw new ApiError('cant_kick_self');
    if (isGeneral(channel)) throw new ApiError('cant_kick_from_general');
    if (channel.archived) throw new ApiError('is_archived');
    if (!channel.members.has(caller.userId)) throw new ApiError('not_in_channel');
    if (!removeMember(sim, channel, user)) throw new ApiError('not_in_channel');
    return { errors: {} };
  },
};

/** The channel that everybody is in. */
export function isGeneral(channel: Channel): boolean {
  return channel.kind === 'channel' && channel.name === 'general';
}
