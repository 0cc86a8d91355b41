import { publishReaction } from '../../events/publish.ts';
import type { Message } from '../../world/types.ts';
import { findChannel } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';

const args = {
  channel: { type: 'string', required: true },
  timestamp: { type: 'string', required: true },
  name: { type: 'string', required: true },
} as const;

function target(call: MethodCall): Message {
  const channel = findChannel(call, call.args.required('channel'));
  const message = call.sim.world.message(channel.id, call.args.required('timestamp'));
  if (!message || message.ephemeralFor !== undefined) throw new ApiError('message_not_found');
  if (!/^[a-z0-9_+'-]+$/.test(call.args.required('name'))) throw new ApiError('invalid_name');
  return message;
}

/** reactions.add: `already_reacted` the second time. */
export const addReaction: Method = {
  args,
  scopes: ['reactions:write'],
  run(call) {
    const message = target(call);
    const name = call.args.required('name');
    const user = call.caller.installation.botUserId;
    message.reactions ??= [];
    const reactions = message.reactions;
    const known = reactions.find((one) => one.name === name);
    if (known?.users.includes(user)) throw new ApiError('already_reacted');
    if (known) known.users.push(user);
    else reactions.push({ name, users: [user] });
    call.sim.changes.emit({ type: 'message', message });
    publishReaction(call.sim, message, { user, reaction: name });
    return {};
  },
};

/** reactions.remove: `no_reaction` where there is none. */
export const removeReaction: Method = {
  args,
  scopes: ['reactions:write'],
  run(call) {
    const message = target(call);
    const user = call.caller.installation.botUserId;
    const known = message.reactions?.find((one) => one.name === call.args.required('name'));
    if (!known?.users.includes(user)) throw new ApiError('no_reaction');
    known.users = known.users.filter((one) => one !== user);
    message.reactions = (message.reactions ?? []).filter((one) => one.users.length > 0);
    call.sim.changes.emit({ type: 'message', message });
    publishReaction(call.sim, message, { user, reaction: known.name, removed: true });
    return {};
  },
};
