import { cardText, escapeMrkdwn } from '../slack/text.ts';
import { tailOf } from '../text.ts';
import type { Progress, Whole } from './record.ts';

type Block = Record<string, unknown>;

/** Shown in notifications, where blocks are not. */
const FALLBACK_LIMIT = 150;
const TAIL_SHOWN = 1_500;

/** One part of an answer that is posted whole. `mention` stands on the last one alone. */
export interface WholePart {
  /** Markdown. */
  text: string;
  mention?: string;
  /** Name of the mention's block, by which the last part is found again. */
  endId?: string;
  form: Whole['form'];
}

/** Arguments of chat.postMessage for a part; its mention is a block of its own, so that it notifies for sure. */
export function partMessage({ text, mention, endId, form }: WholePart): Record<string, unknown> {
  const quiet = { unfurl_links: false, unfurl_media: false };
  if (form === 'plain') {
    const lines = [escapeMrkdwn(text), ...(mention ? [`<@${mention}>`] : [])];
    return { text: lines.filter(Boolean).join('\n\n'), ...quiet };
  }
  const blocks: Block[] = [
    ...(text.trim() ? [{ type: 'markdown', text }] : []),
    ...(mention
      ? [{ type: 'section', block_id: endId, text: { type: 'mrkdwn', text: `<@${mention}>` } }]
      : []),
  ];
  return { text: escapeMrkdwn(cardText(text, FALLBACK_LIMIT)) || 'Done', blocks, ...quiet };
}

const signs: Record<string, string> = {
  pending: ':hourglass_flowing_sand:',
  in_progress: ':hourglass_flowing_sand:',
  complete: ':white_check_mark:',
  error: ':x:',
};

/** The message that stands in for a stream: its last steps, and the end of the text so far. */
export function progressMessage(
  { cards, tail }: Progress,
  blockId: string,
  headline: string,
): Record<string, unknown> {
  const lines = cards.map(({ title, status }) => `${signs[status] ?? ''} ${escapeMrkdwn(title)}`);
  const blocks: Block[] = [
    {
      type: 'section',
      block_id: blockId,
      text: { type: 'mrkdwn', text: [`*${escapeMrkdwn(headline)}*`, ...lines].join('\n') },
    },
    ...(tail.trim() ? [{ type: 'markdown', text: lastLines(tail) }] : []),
  ];
  return { text: escapeMrkdwn(headline), blocks };
}

/** The end of a text from a line's or word's beginning on. */
function lastLines(text: string): string {
  if (text.length <= TAIL_SHOWN) return text;
  const end = tailOf(text, TAIL_SHOWN);
  const start = Math.max(end.indexOf('\n'), end.indexOf(' ')) + 1;
  return `… ${end.slice(start)}`;
}
