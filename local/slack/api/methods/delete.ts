import { removeMessage } from '../../events/remove.ts';
import { findChannel } from '../checks.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';

/** chat.delete: an app deletes its own messages only. */
export const deleteMessage: Method = {
  args: { channel: { type: 'string', required: true }, ts: { type: 'string', required: true } },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args, caller } = call;
    const channel = findChannel(call, args.required('channel'));
    const message = sim.world.message(channel.id, args.required('ts'));
    if (!message || message.ephemeralFor !== undefined) throw new ApiError('message_not_found');
    if (message.appId !== caller.app.id) throw new ApiError('cant_delete_message');
    removeMessage(sim, message);
    return { channel: channel.id, ts: message.ts };
  },
};
