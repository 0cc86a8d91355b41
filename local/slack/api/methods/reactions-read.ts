import type { JsonObject } from '../../json.ts';
import type { Message } from '../../world/types.ts';
import { messageView } from '../../world/view.ts';
import { findChannel } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';

const DEFAULT_COUNT = 100;

/** reactions.get: a message with who reacted to it. */
export const getReactions: Method = {
  args: {
    channel: { type: 'string', required: true },
    timestamp: { type: 'string', required: true },
    full: { type: 'boolean' },
  },
  scopes: ['reactions:read'],
  run(call) {
    const channel = findChannel(call, call.args.required('channel'));
    const message = call.sim.world.message(channel.id, call.args.required('timestamp'));
    if (!message || message.ephemeralFor !== undefined) throw new ApiError('message_not_found');
    return item(call, message);
  },
};

/** reactions.list: what a user reacted to, newest first; without `user` the caller. */
export const listReactions: Method = {
  args: {
    user: { type: 'string' },
    count: { type: 'integer' },
    page: { type: 'integer' },
    full: { type: 'boolean' },
    cursor: { type: 'string' },
    limit: { type: 'integer' },
  },
  scopes: ['reactions:read'],
  run(call) {
    const { sim, args, caller } = call;
    const user = args.string('user') ?? caller.userId;
    if (!sim.world.people.has(user) && user !== caller.installation.botUserId)
      throw new ApiError('user_not_found');
    const all = [...sim.world.channels.values()]
      .filter((channel) => channel.members.has(caller.installation.botUserId))
      .flatMap((channel) => sim.world.messages(channel.id))
      .filter((message) => message.reactions?.some((one) => one.users.includes(user)))
      .reverse();
    const count = args.integer('limit') ?? args.integer('count') ?? DEFAULT_COUNT;
    const page = args.integer('page') ?? 1;
    const from = args.string('cursor') ? Number(args.string('cursor')) : (page - 1) * count;
    if (!Number.isInteger(from) || from < 0) throw new ApiError('invalid_cursor');
    return {
      items: all.slice(from, from + count).map((message) => item(call, message)),
      paging: { count, total: all.length, page, pages: Math.ceil(all.length / count) },
      response_metadata: { next_cursor: from + count < all.length ? String(from + count) : '' },
    };
  },
};

function item({ sim }: MethodCall, message: Message): JsonObject {
  return { type: 'message', channel: message.channel, message: messageView(sim.world, message) };
}
