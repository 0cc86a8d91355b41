import type { Channel } from '../../world/types.ts';
import { channelView, messageView } from '../../world/view.ts';
import { channelScope, findChannel, requireScope } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { PAGING_ARGS, page, withinBounds } from '../paging.ts';

/** A channel whose messages the caller may read. @throws ApiError channel_not_found, missing_scope, not_in_channel */
function readableChannel(call: MethodCall): Channel {
  const channel = findChannel(call, call.args.required('channel'));
  requireScope(call.caller, channelScope(channel, 'history'));
  if (!channel.members.has(call.caller.installation.botUserId)) throw new ApiError('not_in_channel');
  return channel;
}

/** conversations.history: newest first, without replies unless broadcast; stored blocks, not our Markdown (§1.5). */
export const history: Method = {
  args: PAGING_ARGS,
  scopes: [],
  run(call) {
    const { sim, args } = call;
    const channel = readableChannel(call);
    sim.streams.sweep();
    const top = sim.world
      .messages(channel.id)
      .filter(
        (message) => message.threadTs === undefined || message.threadTs === message.ts || message.broadcast,
      );
    const { items, rest } = page(withinBounds(top, args).reverse(), args, 100);
    const metadata = args.boolean('include_all_metadata');
    return { messages: items.map((one) => messageView(sim.world, one, { metadata })), pin_count: 0, ...rest };
  },
};

/** conversations.replies: the parent first, then replies oldest first; `thread_not_found`. */
export const replies: Method = {
  args: { ...PAGING_ARGS, ts: { type: 'string', required: true } },
  scopes: [],
  run(call) {
    const { sim, args } = call;
    const channel = readableChannel(call);
    sim.streams.sweep();
    const ts = args.required('ts');
    const asked = sim.world.message(channel.id, ts);
    if (!asked || asked.ephemeralFor !== undefined) throw new ApiError('thread_not_found');
    const isReply = asked.threadTs !== undefined && asked.threadTs !== asked.ts;
    const thread = isReply ? [asked] : sim.world.thread(channel.id, ts);
    const [parent, ...others] = thread;
    // The parent comes whatever the bounds are.
    const within = withinBounds(others, args);
    const { items, rest } = page(parent ? [parent, ...within] : within, args, 1000);
    const metadata = args.boolean('include_all_metadata');
    return { messages: items.map((one) => messageView(sim.world, one, { metadata })), ...rest };
  },
};

/** conversations.info */
export const info: Method = {
  args: {
    channel: { type: 'string', required: true },
    include_locale: { type: 'boolean' },
    include_num_members: { type: 'boolean' },
  },
  scopes: [],
  run(call) {
    const channel = findChannel(call, call.args.required('channel'));
    requireScope(call.caller, channelScope(channel, 'read'));
    return { channel: channelView(channel, call.caller.installation.botUserId) };
  },
};
