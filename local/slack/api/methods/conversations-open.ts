import { parseTs } from '../../ids.ts';
import { channelView } from '../../world/channel-view.ts';
import { createChannel } from '../../world/create.ts';
import { acquaintance } from '../../world/person-view.ts';
import type { Channel } from '../../world/types.ts';
import { requireRight } from '../channel-scopes.ts';
import { findChannel } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { viewerOf } from '../viewer.ts';

/** People of a group DM besides the one who opens it. */
const MAX_PEOPLE = 8;

/** conversations.open: the DM or group DM of the caller with these people, the one there is or a new one. */
export const open: Method = {
  args: {
    channel: { type: 'string' },
    users: { type: 'string' },
    return_im: { type: 'boolean' },
    prevent_creation: { type: 'boolean' },
  },
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const { args } = call;
    const id = args.string('channel');
    if (id) {
      const channel = findChannel(call, id);
      requireRight(call.caller, channel.kind, 'open');
      return opened(call, channel, true);
    }
    const users = people(call);
    requireRight(call.caller, users.length === 1 ? 'im' : 'mpim', 'open');
    const known = existing(call, users);
    if (known) return opened(call, known, true);
    if (args.boolean('prevent_creation')) throw new ApiError('channel_not_found');
    return opened(call, created(call, users), false);
  },
};

/** @throws ApiError users_list_not_supplied, user_not_found, user_disabled, too_many_users, not_enough_users */
function people({ sim, caller, args }: MethodCall): string[] {
  const given =
    args
      .string('users')
      ?.split(/[\s,]+/)
      .filter((id) => id !== '') ?? [];
  if (given.length === 0) throw new ApiError('users_list_not_supplied');
  const users = [...new Set(given)].filter((id) => id !== caller.userId);
  if (users.length === 0) throw new ApiError('not_enough_users');
  if (users.length > MAX_PEOPLE) throw new ApiError('too_many_users');
  for (const id of users) {
    const person = sim.world.people.get(id);
    const known = person && acquaintance(sim.world, person, viewerOf(caller));
    if (!known) throw new ApiError('user_not_found');
    if (person.deleted) throw new ApiError('user_disabled');
    if (known === 'stranger') throw new ApiError('user_not_visible');
  }
  return users;
}

function existing({ sim, caller }: MethodCall, users: readonly string[]): Channel | undefined {
  const kind = users.length === 1 ? 'im' : 'mpim';
  const all = [caller.userId, ...users];
  return [...sim.world.channels.values()].find(
    (one) => one.kind === kind && one.members.size === all.length && all.every((id) => one.members.has(id)),
  );
}

function created({ sim, caller }: MethodCall, users: readonly string[]): Channel {
  const { teamId } = caller.installation;
  const members = [caller.userId, ...users];
  const teams = [...new Set(members.map((id) => sim.world.people.get(id)?.teamId ?? teamId))];
  const names = members.map((id) => sim.world.people.get(id)?.name ?? id).sort();
  const channel = createChannel(sim.world, {
    teamId,
    kind: users.length === 1 ? 'im' : 'mpim',
    name:
      users.length === 1 ? (sim.world.people.get(users[0] ?? '')?.name ?? '') : `mpdm-${names.join('--')}-1`,
    members,
    sharedWith: teams.filter((team) => team !== teamId),
    created: Math.floor(sim.clock.now() / 1000),
    creator: caller.userId,
  });
  sim.changes.emit({ type: 'world' });
  return channel;
}

function opened({ sim, caller, args }: MethodCall, channel: Channel, before: boolean) {
  const whole = args.boolean('return_im') || channel.kind === 'mpim';
  return {
    ...(before ? { no_op: true, already_open: true } : {}),
    channel: whole ? channelView(sim.world, channel, viewerOf(caller)) : { id: channel.id },
  };
}

/** conversations.close: a DM or group DM goes out of sight; nothing of it is lost, so nothing changes here. */
export const close: Method = {
  args: { channel: { type: 'string', required: true } },
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const channel = findChannel(call, call.args.required('channel'));
    requireRight(call.caller, channel.kind, 'open');
    return {};
  },
};

/** conversations.mark: checked; what was read is not kept, no method gives it back to a bot. */
export const mark: Method = {
  args: { channel: { type: 'string', required: true }, ts: { type: 'string', required: true } },
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const channel = findChannel(call, call.args.required('channel'));
    requireRight(call.caller, channel.kind, 'mark');
    if (!channel.members.has(call.caller.userId)) throw new ApiError('not_in_channel');
    if (Number.isNaN(parseTs(call.args.required('ts')))) throw new ApiError('invalid_timestamp');
    return {};
  },
};
