import { channelView } from '../../world/channel-view.ts';
import type { Channel, Message } from '../../world/types.ts';
import { messageView } from '../../world/view.ts';
import { Args } from '../arguments.ts';
import { channelScope, findChannel, requireScope } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { PAGING_ARGS, page, withinBounds } from '../paging.ts';
import { viewerOf } from '../viewer.ts';

/** A channel whose messages the caller may read. @throws ApiError channel_not_found, missing_scope, not_in_channel */
function readableChannel(call: MethodCall): Channel {
  const channel = findChannel(call, call.args.required('channel'));
  requireScope(call.caller, channelScope(channel, 'history'));
  // A person may read any public channel, a bot only those it is in.
  const open = channel.kind === 'channel' && call.caller.token?.kind === 'user';
  if (!open && !channel.members.has(call.caller.userId)) throw new ApiError('not_in_channel');
  return channel;
}

/** The most, and the default, a page for commercially distributed apps outside the Marketplace (§2). */
const UNLISTED_LIMIT = 15;

/** One page of messages; an unlisted app's is never longer than 15, whatever it asks for (§2). */
function pageFor(
  { caller, args }: MethodCall,
  messages: Message[],
  defaultLimit: number,
): ReturnType<typeof page> {
  if (caller.app.distribution !== 'unlisted') return page(messages, args, defaultLimit);
  const limit = Math.min(args.integer('limit') ?? UNLISTED_LIMIT, UNLISTED_LIMIT);
  const cursor = args.string('cursor');
  return page(messages, new Args({ limit, ...(cursor === undefined ? {} : { cursor }) }), UNLISTED_LIMIT);
}

/** conversations.history: newest first, without replies unless broadcast; stored blocks, not our Markdown (§1.5). */
export const history: Method = {
  args: PAGING_ARGS,
  scopes: [],
  tokens: ['bot', 'user'],
  run(call) {
    const { sim, args } = call;
    const channel = readableChannel(call);
    sim.streams.sweep();
    const top = sim.world
      .messages(channel.id)
      .filter(
        (message) => message.threadTs === undefined || message.threadTs === message.ts || message.broadcast,
      );
    const { items, rest } = pageFor(call, withinBounds(top, args).reverse(), 100);
    const metadata = args.boolean('include_all_metadata');
    return { messages: items.map((one) => messageView(sim.world, one, { metadata })), pin_count: 0, ...rest };
  },
};

/** conversations.replies: the parent first, then replies oldest first; `thread_not_found`. */
export const replies: Method = {
  args: { ...PAGING_ARGS, ts: { type: 'string', required: true } },
  scopes: [],
  tokens: ['bot', 'user'],
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
    const { items, rest } = pageFor(call, parent ? [parent, ...within] : within, 1000);
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
  tokens: ['bot', 'user'],
  run(call) {
    const channel = findChannel(call, call.args.required('channel'));
    requireScope(call.caller, channelScope(channel, 'read'));
    const { locale } = call.sim.world.people.get(call.caller.userId) ?? {};
    const view = channelView(call.sim.world, channel, viewerOf(call.caller), {
      members: call.args.boolean('include_num_members'),
    });
    return { channel: { ...view, ...(call.args.boolean('include_locale') ? { locale } : {}) } };
  },
};
