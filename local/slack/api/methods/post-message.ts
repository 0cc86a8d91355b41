import { publishMessage } from '../../events/publish.ts';
import { messageView } from '../../world/view.ts';
import { requireCustomize, threadParent, writableChannel } from '../checks.ts';
import { CONTENT_ARGS, CUSTOMIZE_ARGS, readContent, readMetadata } from '../content.ts';
import type { Method } from '../method.ts';
import { newBotMessage } from '../new-message.ts';

/** chat.postMessage (§2 special limit, §3 blocks). */
export const postMessage: Method = {
  args: {
    channel: { type: 'string', required: true },
    thread_ts: { type: 'string' },
    reply_broadcast: { type: 'boolean' },
    ...CONTENT_ARGS,
    ...CUSTOMIZE_ARGS,
  },
  scopes: ['chat:write'],
  channelArgument: 'channel',
  run(call) {
    const { sim, args } = call;
    requireCustomize(call);
    const channel = writableChannel(call, args.required('channel'), { publicly: true });
    const content = readContent(call);
    const metadata = readMetadata(call);
    const given = args.string('thread_ts');
    const threadTs = given ? threadParent(call, channel, given, 'thread_not_found').ts : undefined;
    const message = newBotMessage(call, channel, { ...content, threadTs, metadata });
    if (threadTs !== undefined && args.boolean('reply_broadcast')) {
      message.broadcast = true;
      message.subtype = 'thread_broadcast';
    }
    if (threadTs !== undefined) sim.sessions.replied(channel.id, threadTs, call.caller.app.id);
    sim.changes.emit({ type: 'message', message });
    publishMessage(sim, message);
    return {
      channel: channel.id,
      ts: message.ts,
      message: messageView(sim.world, message, { metadata: true }),
    };
  },
};
