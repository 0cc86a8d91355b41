import { isObject, type Json } from '../json.ts';
import { drawEmoji, EMOJI } from '../richtext/emoji.ts';
import { mrkdwnToRichText } from '../richtext/mrkdwn.ts';
import type { Block, Message } from '../world/types.ts';

/** A message as the page draws it: parsed texts, drawn emoji, and of a stream only what is seen of it. */
export type PageMessage = Omit<Message, 'stream' | 'reactions' | 'metadata'> & {
  reactions: { name: string; users: string[]; char: string }[];
  streamingState?: 'in_progress' | 'completed' | 'errored';
  /** Of a message that is or was streamed. */
  stream?: {
    /** The only person who sees it grow (`recipient_user_id`); null when everybody does. */
    liveFor: string | null;
    startedAt: number;
    stoppedByUser: boolean;
  };
};

/**
 * A message for the page. mrkdwn texts carry their parsed form as `rich_text`, emoji elements their `char`, so that
 * the page draws rich_text only. It is made for every change and every connected page, so drawn blocks are kept.
 */
export function pageMessage(message: Message): PageMessage {
  const { stream, reactions, metadata: _metadata, ...stored } = message;
  const shown: PageMessage = {
    ...stored,
    blocks: blocksOf(message).map(drawnBlock),
    reactions: (reactions ?? []).map((one) => ({ ...one, char: EMOJI[one.name] ?? `:${one.name}:` })),
  };
  if (!stream) return shown;
  const { startedAt, stoppedByUser } = stream;
  return {
    ...shown,
    streamingState: stream.state,
    stream: { liveFor: stream.recipientUser ?? null, startedAt, stoppedByUser },
  };
}

/** A message without blocks shows its text. */
function blocksOf(message: Message): Block[] {
  const isBare = message.blocks.length === 0 && message.text !== '' && !message.stream;
  return isBare ? [{ ...mrkdwnToRichText(message.text), block_id: 'text' }] : message.blocks;
}

/** Stored blocks are replaced and never changed, so what was made of one stays right as long as it lives. */
const DRAWN = new WeakMap<Block, Block>();

/** A block with all its texts parsed. The given one stays as it is. */
export function drawnBlock(block: Block): Block {
  let drawn = DRAWN.get(block);
  if (!drawn) {
    drawn = withRichText(structuredClone(block)) as Block;
    DRAWN.set(block, drawn);
  }
  return drawn;
}

function withRichText(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => withRichText(item) ?? null);
  if (!isObject(value)) return value;
  for (const [name, member] of Object.entries(value)) value[name] = withRichText(member);
  if (value.type === 'mrkdwn' && typeof value.text === 'string') {
    value.rich_text = withRichText(mrkdwnToRichText(value.text));
  }
  if (value.type === 'plain_text' && value.emoji !== false) value.text = drawEmoji(String(value.text));
  if (value.type === 'emoji') value.char = EMOJI[String(value.name)] ?? `:${value.name}:`;
  return value;
}
