import { publishMessage } from '../../events/publish.ts';
import { writableChannel } from '../checks.ts';
import { contentOfText } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';
import { newBotMessage } from '../new-message.ts';

/** chat.meMessage: a message in italics, as of what somebody does. */
export const meMessage: Method = {
  args: { channel: { type: 'string', required: true }, text: { type: 'string', required: true } },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args } = call;
    const channel = writableChannel(call, args.required('channel'));
    const text = args.required('text');
    if (text.trim() === '') throw new ApiError('no_text');
    const message = newBotMessage(call, channel, { ...contentOfText(text), subtype: 'me_message' });
    sim.changes.emit({ type: 'message', message });
    publishMessage(sim, message);
    return { channel: channel.id, ts: message.ts };
  },
};
