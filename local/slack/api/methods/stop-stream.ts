import { publishMessage } from '../../events/publish.ts';
import type { SessionStatus } from '../../world/types.ts';
import { messageView } from '../../world/view.ts';
import { checkBlocks, readMetadata } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import {
  checkBothContents,
  checkTogether,
  openStream,
  STREAM_CONTENT_ARGS,
  withContent,
} from './stream-content.ts';

/** chat.stopStream (§1.2, §1.5, §1.12): last content, final blocks, metadata, session status. */
export const stopStream: Method = {
  args: {
    channel: { type: 'string', required: true },
    ts: { type: 'string', required: true },
    blocks: { type: 'array', error: 'invalid_blocks_format' },
    metadata: { type: 'object', error: 'invalid_metadata_format' },
    session_status: { type: 'string' },
    ...STREAM_CONTENT_ARGS,
  },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args, caller } = call;
    checkBothContents(call);
    const status = sessionStatus(call);
    const metadata = readMetadata(call);
    const { message, stream } = openStream(call);
    const next = withContent(call, stream);
    const given = args.array('blocks') ?? [];
    if (given.length > 0 && next.mode === 'chunks' && sim.options.stopBlocksMismatch) {
      throw new ApiError('streaming_mode_mismatch');
    }
    if (given.some((block) => (block as { type?: unknown } | null)?.type === 'file')) {
      throw new ApiError('internal_error');
    }
    const ended = { ...next, finalBlocks: checkBlocks(given), state: 'completed' as const };
    checkTogether(call, ended, '/blocks');
    if (metadata) message.metadata = metadata;
    sim.streams.write(message, ended);
    const threadTs = message.threadTs ?? message.ts;
    if (caller.app.isAgent) sim.sessions.set(message.channel, threadTs, { app: caller.app.id, status });
    publishMessage(sim, message);
    return { channel: message.channel, ts: message.ts, message: messageView(sim.world, message) };
  },
};

function sessionStatus({ args }: MethodCall): SessionStatus {
  const status = args.string('session_status') ?? 'active';
  if (isSessionStatus(status)) return status;
  throw ApiError.withMessages('invalid_arguments', [
    '[ERROR] must be one of: active, processing, suspended, closed [json-pointer:/session_status]',
  ]);
}

/** §10.1 status values. */
export function isSessionStatus(status: string): status is SessionStatus {
  return ['active', 'processing', 'suspended', 'closed'].includes(status);
}
