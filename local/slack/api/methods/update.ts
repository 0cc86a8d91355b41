import { publishChanged } from '../../events/publish.ts';
import { momentTs } from '../../ids.ts';
import type { Message } from '../../world/types.ts';
import { messageView } from '../../world/view.ts';
import { findChannel } from '../checks.ts';
import { CONTENT_ARGS, type Content, contentOfText, readContent, readMetadata } from '../content.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';

/** `text` of chat.update (§1.8, §3 Global). */
const MAX_TEXT = 4_000;
/** A message is to be updated at most once in so many milliseconds (§2 "Slack AI guide"). */
const GUIDED_MS = 3_000;

/** chat.update (§1.8: refused while streaming, replaces the whole message, marks it edited). */
export const update: Method = {
  args: {
    channel: { type: 'string', required: true },
    ts: { type: 'string', required: true },
    reply_broadcast: { type: 'boolean' },
    ...CONTENT_ARGS,
  },
  scopes: ['chat:write'],
  run(call) {
    const { sim, args, caller } = call;
    const channel = findChannel(call, args.required('channel'));
    const message = sim.world.message(channel.id, args.required('ts'));
    // An ephemeral message cannot be changed by its timestamp, only by response_url (§5).
    if (!message || message.ephemeralFor !== undefined) throw new ApiError('message_not_found');
    if (message.appId !== caller.app.id) throw new ApiError('cant_update_message');
    if (message.stream?.state === 'in_progress') throw new ApiError('streaming_state_conflict');
    if ((args.string('text')?.length ?? 0) > MAX_TEXT) throw new ApiError('msg_too_long');
    if (message.stream && sim.options.blockMismatch && !args.has('blocks')) {
      throw new ApiError('block_mismatch');
    }
    followGuidance(call, message);
    const content = updatedContent(call, message);
    const metadata = readMetadata(call);
    const before = messageView(sim.world, message);
    Object.assign(message, content, {
      edited: { user: caller.installation.botUserId, ts: momentTs(sim.clock.now()) },
      ...(metadata ? { metadata } : {}),
    });
    sim.changes.emit({ type: 'message', message });
    publishChanged(sim, message, before);
    const view = messageView(sim.world, message);
    return { channel: channel.id, ts: message.ts, text: message.text, message: view };
  },
};

/** Without `blocks` the former ones stay, unless they had been made from the former text; `[]` removes them (§1.8). */
function updatedContent(call: MethodCall, message: Message): Content {
  const { args } = call;
  const blocks = args.array('blocks');
  const text = args.string('text');
  if (blocks === undefined && text !== undefined && !args.has('markdown_text')) {
    if (text.trim() === '') throw new ApiError('no_text');
    return message.blocksFrom === 'text'
      ? contentOfText(text)
      : { text, blocks: message.blocks, blocksFrom: 'app' };
  }
  return readContent(call);
}

/** @throws ApiError rate_limited where the option makes the advice a rule */
function followGuidance({ sim, notes }: MethodCall, message: Message): void {
  const { updateGuidance } = sim.options;
  if (updateGuidance === 'off') return;
  const now = sim.clock.now();
  const since = now - (updatedAt.get(message) ?? Number.NEGATIVE_INFINITY);
  if (since < GUIDED_MS) {
    if (updateGuidance === 'enforce') throw new ApiError('rate_limited');
    notes?.push(`Updated again after ${since} ms: Slack advises once in 3 s for one message (§2).`);
  }
  updatedAt.set(message, now);
}

const updatedAt = new WeakMap<Message, number>();
