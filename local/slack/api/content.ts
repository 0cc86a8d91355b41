import { named, storedBlocks } from '../blocks/store.ts';
import { validateBlocks } from '../blocks/validate.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { nameEmoji } from '../richtext/emoji.ts';
import { markdownToBlocks } from '../richtext/markdown-blocks.ts';
import { mrkdwnToRichText } from '../richtext/mrkdwn.ts';
import { blocksToText } from '../richtext/to-text.ts';
import type { Block, Message, MessageMetadata } from '../world/types.ts';
import type { ArgTable } from './arguments.ts';
import { requireBlockScopes } from './block-scopes.ts';
import { ApiError } from './errors.ts';
import type { MethodCall } from './method.ts';

/** The content arguments that posting methods share. */
export const CONTENT_ARGS: ArgTable = {
  text: { type: 'string' },
  markdown_text: { type: 'string' },
  blocks: { type: 'array', error: 'invalid_blocks_format' },
  attachments: { type: 'array', error: 'invalid_attachments' },
  metadata: { type: 'object', error: 'invalid_metadata_format' },
  mrkdwn: { type: 'boolean' },
  parse: { type: 'string' },
  link_names: { type: 'boolean' },
  unfurl_links: { type: 'boolean' },
  unfurl_media: { type: 'boolean' },
  as_user: { type: 'boolean' },
};

export const CUSTOMIZE_ARGS: ArgTable = {
  icon_emoji: { type: 'string' },
  icon_url: { type: 'string' },
  username: { type: 'string' },
};

/** Text beyond this is cut with a warning (§3 Global). */
const MAX_TEXT = 40_000;
/** `markdown_text` per call (§1.2). */
export const MAX_MARKDOWN = 12_000;
const MAX_ATTACHMENTS = 100;

export type Content = Pick<Message, 'text' | 'blocks' | 'blocksFrom' | 'attachments'>;

/** Checks blocks by the table of §3. @throws ApiError invalid_blocks */
export function checkBlocks(blocks: Json[], pointer = '/blocks'): Block[] {
  const faults = validateBlocks(blocks, pointer);
  if (faults.length > 0) throw ApiError.forFaults('invalid_blocks', faults);
  return storedBlocks(blocks);
}

/** The blocks and text of mrkdwn that came without blocks; `mrkdwn: false` takes its marks as they stand. */
export function contentOfText(text: string, { mrkdwn = true }: { mrkdwn?: boolean } = {}): Content {
  if (!mrkdwn) {
    const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }];
    return { text, blocks: named([{ type: 'rich_text', elements }]), blocksFrom: 'text' };
  }
  return { text: nameEmoji(text), blocks: named([mrkdwnToRichText(text)]), blocksFrom: 'text' };
}

/**
 * What a posting call carries, as Slack stores it.
 * @throws ApiError no_text, invalid_blocks, msg_too_long, too_many_attachments, markdown_text_conflict
 */
export function readContent(call: MethodCall): Content {
  const attachments = call.args.array('attachments')?.filter(isObject);
  const content = readBody(call);
  return attachments === undefined ? content : { ...content, attachments };
}

function readBody({ args, warnings, caller }: MethodCall): Content {
  const markdown = args.string('markdown_text');
  const given = args.array('blocks');
  let text = args.string('text') ?? '';
  if ((args.array('attachments')?.length ?? 0) > MAX_ATTACHMENTS) throw new ApiError('too_many_attachments');
  if (markdown !== undefined) {
    if (args.has('text') || args.has('blocks')) throw new ApiError('markdown_text_conflict');
    if (markdown.length > MAX_MARKDOWN) throw new ApiError('msg_too_long');
    if (markdown.trim() === '') throw new ApiError('no_text');
    const blocks = named(markdownToBlocks(markdown));
    return { text: blocksToText(blocks), blocks, blocksFrom: 'app' };
  }
  if (text.length > MAX_TEXT) {
    text = text.slice(0, MAX_TEXT);
    warnings.push('message_truncated');
  }
  if (given && given.length > 0) {
    const blocks = checkBlocks(given);
    requireBlockScopes(caller, blocks);
    return { text: nameEmoji(text) || blocksToText(blocks), blocks, blocksFrom: 'app' };
  }
  if (text.trim() === '' && !args.array('attachments')?.length) throw new ApiError('no_text');
  if (text === '') return { text, blocks: [], blocksFrom: 'text' };
  return contentOfText(text, { mrkdwn: !args.has('mrkdwn') || args.boolean('mrkdwn') });
}

/** Message metadata: `{event_type, event_payload}` (§1.2), limited in size (§3). @throws ApiError invalid_metadata_format, invalid_metadata_schema, metadata_too_large */
export function readMetadata({ sim, args }: MethodCall): MessageMetadata | undefined {
  const metadata: JsonObject | undefined = args.object('metadata');
  if (!metadata) return undefined;
  const { event_type, event_payload, ...rest } = metadata;
  if (typeof event_type !== 'string' || !isObject(event_payload))
    throw new ApiError('invalid_metadata_format');
  if (Object.keys(rest).some((name) => name !== 'entities')) throw new ApiError('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(metadata)) > sim.options.metadataMaxBytes)
    throw new ApiError('metadata_too_large');
  return { event_type, event_payload };
}
