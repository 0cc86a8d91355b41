import { inspectTogether } from '../../blocks/validate.ts';
import { chunkBlocks, streamBytes, withChunks } from '../../streaming/apply.ts';
import { type Chunk, readChunks } from '../../streaming/chunks.ts';
import type { Stream } from '../../streaming/types.ts';
import type { Message } from '../../world/types.ts';
import type { ArgTable } from '../arguments.ts';
import { requireBlockScopes } from '../block-scopes.ts';
import { writableChannel } from '../checks.ts';
import { MAX_MARKDOWN } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { MethodCall } from '../method.ts';

/** The two ways to give a stream content (§1.2). */
export const STREAM_CONTENT_ARGS: ArgTable = {
  markdown_text: { type: 'string' },
  chunks: { type: 'array', error: 'invalid_chunks' },
};

/** @throws ApiError cannot_provide_both_markdown_text_and_chunks (§1.2) */
export function checkBothContents({ args }: MethodCall): void {
  if (args.has('markdown_text') && args.has('chunks')) {
    throw new ApiError('cannot_provide_both_markdown_text_and_chunks');
  }
}

/**
 * The open stream that an append or stop means, checked in the order of §1.12.
 * @throws ApiError channel_not_found, not_in_channel, is_archived, message_not_found, message_not_owned_by_app, stopped_by_user, message_not_in_streaming_state
 */
export function openStream(call: MethodCall): { message: Message; stream: Stream } {
  const { sim, args, caller } = call;
  // The bot may have left, or the channel been archived, since the start; both are errors of append and stop too (§1.6).
  const channel = writableChannel(call, args.required('channel'));
  const message = sim.world.message(channel.id, args.required('ts'));
  if (!message || message.ephemeralFor !== undefined) throw new ApiError('message_not_found');
  if (message.appId !== caller.app.id) throw new ApiError('message_not_owned_by_app');
  const { stream } = message;
  if (stream?.stoppedByUser) throw new ApiError('stopped_by_user');
  if (stream?.state !== 'in_progress') throw new ApiError('message_not_in_streaming_state');
  return { message, stream };
}

/** Whether the call carries anything that counts as content; an empty list or text does not. */
export function hasContent({ args }: MethodCall): boolean {
  return Boolean(args.string('markdown_text')) || (args.array('chunks')?.length ?? 0) > 0;
}

/**
 * The stream with the call's content: mode lock (§1.4), chunk table (§1.3), size (§1.9), all or nothing.
 * @throws ApiError streaming_mode_mismatch, invalid_chunks, invalid_blocks, msg_too_long
 */
export function withContent(call: MethodCall, stream: Stream): Stream {
  const { sim, args, warnings } = call;
  const text = args.string('markdown_text');
  const given = args.array('chunks') ?? [];
  if (!hasContent(call)) return stream;
  const mode = given.length > 0 ? 'chunks' : 'text';
  if (stream.mode !== 'unset' && stream.mode !== mode) throw new ApiError('streaming_mode_mismatch');
  if ((text?.length ?? 0) > MAX_MARKDOWN) throw new ApiError('msg_too_long');
  const chunks: Chunk[] =
    text === undefined
      ? readChunks(
          given,
          { strict: sim.options.strictChunks, blocksLeft: blocksLeft(call, stream) },
          warnings,
        )
      : [{ type: 'markdown_text', text }];
  const next = withChunks({ ...stream, mode, lastContentAt: sim.clock.now() }, chunks);
  checkTogether(call, next, '/chunks');
  if (streamBytes(next) > sim.options.streamMaxBytes) throw new ApiError('msg_too_long');
  return next;
}

/**
 * Rules that count over the whole message, whatever calls its blocks came in (§3.1 "per message").
 * @throws ApiError invalid_blocks, missing_scope
 */
export function checkTogether({ caller }: MethodCall, stream: Stream, pointer: string): void {
  const chunks = stream.parts.flatMap((part) => (part.kind === 'blocks' ? part.blocks : []));
  const blocks = [...chunks, ...stream.finalBlocks];
  requireBlockScopes(caller, blocks);
  const faults = inspectTogether(blocks, pointer);
  if (faults.length > 0) throw ApiError.forFaults('invalid_blocks', faults);
}

/** Blocks of `blocks` chunks in one call or in one message: which of both is not known (§16). */
const MAX_BLOCKS = 50;

function blocksLeft({ sim }: MethodCall, stream: Stream): number {
  return sim.options.streamBlockBudget === 'call' ? MAX_BLOCKS : MAX_BLOCKS - chunkBlocks(stream);
}
