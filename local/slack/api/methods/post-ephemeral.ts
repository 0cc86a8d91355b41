import { requireCustomize, threadParent, writableChannel } from '../checks.ts';
import { CONTENT_ARGS, CUSTOMIZE_ARGS, readContent } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';
import { newBotMessage } from '../new-message.ts';

/** chat.postEphemeral: seen by one person, never in history, no event. */
export const postEphemeral: Method = {
  args: {
    channel: { type: 'string', required: true },
    user: { type: 'string', required: true },
    thread_ts: { type: 'string' },
    ...CONTENT_ARGS,
    ...CUSTOMIZE_ARGS,
  },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args } = call;
    requireCustomize(call);
    const channel = writableChannel(call, args.required('channel'));
    const user = args.required('user');
    if (!channel.members.has(user)) throw new ApiError('user_not_in_channel');
    const content = readContent(call);
    const given = args.string('thread_ts');
    const threadTs = given ? threadParent(call, channel, given, 'thread_not_found').ts : undefined;
    const message = newBotMessage(call, channel, { ...content, threadTs, ephemeralFor: user });
    sim.changes.emit({ type: 'message', message });
    return { message_ts: message.ts };
  },
};
