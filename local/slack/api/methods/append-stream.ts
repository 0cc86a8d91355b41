import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';
import {
  checkBothContents,
  hasContent,
  openStream,
  STREAM_CONTENT_ARGS,
  withContent,
} from './stream-content.ts';

/** chat.appendStream (§1.2, §1.12). */
export const appendStream: Method = {
  args: {
    channel: { type: 'string', required: true },
    ts: { type: 'string', required: true },
    ...STREAM_CONTENT_ARGS,
  },
  scopes: ['chat:write'],
  run(call) {
    checkBothContents(call);
    const { message, stream } = openStream(call);
    if (!hasContent(call)) throw new ApiError('no_text');
    call.sim.streams.write(message, withContent(call, stream));
    call.sim.sessions.displace(message.channel, message.threadTs ?? message.ts);
    return { channel: message.channel, ts: message.ts };
  },
};
