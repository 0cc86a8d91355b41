import { isObject, type Json } from '../json.ts';
import { drawEmoji, EMOJI } from '../richtext/emoji.ts';
import { mrkdwnToRichText } from '../richtext/mrkdwn.ts';
import type { Message } from '../world/types.ts';
import { adminMessage } from './state.ts';
import type { AdminMessage } from './types.ts';

/** A message for the page: mrkdwn texts carry their parsed form too, so that the page draws rich_text only. */
export function pageMessage(message: Message): AdminMessage {
  const shown = adminMessage(message);
  const reactions = (shown.reactions ?? []).map((one) => ({
    ...one,
    char: EMOJI[one.name] ?? `:${one.name}:`,
  }));
  const blocks = withRichText(structuredClone(shown.blocks)) as AdminMessage['blocks'];
  return { ...shown, blocks, reactions };
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
