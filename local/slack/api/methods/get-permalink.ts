import { findChannel } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';

/** chat.getPermalink: below the simulator's own address, where the page opens it. */
export const getPermalink: Method = {
  args: { channel: { type: 'string', required: true }, message_ts: { type: 'string', required: true } },
  scopes: [],
  run(call) {
    const { sim, args } = call;
    const channel = findChannel(call, args.required('channel'));
    const message = sim.world.message(channel.id, args.required('message_ts'));
    if (!message || message.ephemeralFor !== undefined) throw new ApiError('message_not_found');
    const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
    const thread = isReply ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
    const path = `/archives/${channel.id}/p${message.ts.replace('.', '')}`;
    return { channel: channel.id, permalink: `${sim.url}${path}${thread}` };
  },
};
