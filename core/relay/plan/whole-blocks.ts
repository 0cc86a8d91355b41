import { readMarkdown } from '../../markdown/read-markdown.ts';
import { cardText, escapeMrkdwn } from '../../slack/text.ts';
import { tailOf } from '../../text.ts';
import type { Progress, Whole } from '../record.ts';

type Block = Record<string, unknown>;

/** Shown in notifications, where blocks are not. */
const FALLBACK_LIMIT = 150;
const TAIL_SHOWN = 1_500;
/** So much of it may go for a whole line at the beginning. */
const LINE_GIVEN = 300;

/** One part of an answer that is posted whole. */
export interface WholePart {
  /** Markdown. */
  text: string;
  /** What stands on the last one alone: charts, the mention, and the blocks at its bottom. */
  charts?: readonly Block[];
  mention?: string | undefined;
  endBlocks?: readonly Block[];
  /** Name of its last block, by which the last part is found again. */
  endId?: string;
  form: Whole['form'];
}

/** Arguments of chat.postMessage for a part; its mention is a block of its own, so that it notifies for sure. */
export function partMessage({
  text,
  charts = [],
  mention,
  endBlocks = [],
  endId,
  form,
}: WholePart): Record<string, unknown> {
  const quiet = { unfurl_links: false, unfurl_media: false };
  if (form === 'plain') {
    const lines = [escapeMrkdwn(text), ...(mention ? [`<@${mention}>`] : [])];
    return { text: lines.filter(Boolean).join('\n\n'), ...quiet };
  }
  const blocks: Block[] = [
    ...(text.trim() ? [{ type: 'markdown', text }] : []),
    ...named(
      [
        ...charts,
        ...(mention ? [{ type: 'section', text: { type: 'mrkdwn', text: `<@${mention}>` } }] : []),
        ...endBlocks,
      ],
      endId,
    ),
  ];
  return { text: escapeMrkdwn(cardText(text, FALLBACK_LIMIT)) || 'Done', blocks, ...quiet };
}

/** The last of the blocks gets the name. Markdown blocks lose theirs in Slack. */
function named(blocks: readonly Block[], blockId: string | undefined): Block[] {
  return blocks.map((block, n) =>
    blockId !== undefined && n === blocks.length - 1 ? { ...block, block_id: blockId } : block,
  );
}

const signs: Record<string, string> = {
  pending: ':hourglass_flowing_sand:',
  in_progress: ':hourglass_flowing_sand:',
  complete: ':white_check_mark:',
  error: ':x:',
  below: ':arrow_down:',
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

/**
 * The end of a text from a line's or word's beginning on. It may begin inside code or a link: read anew, it links
 * and mentions nothing.
 */
function lastLines(text: string): string {
  const end = tailOf(text, TAIL_SHOWN);
  const start = end.length < text.length ? beginningIn(end) : 0;
  const { sent } = readMarkdown({ line: '' }, end.slice(start), { mentions: 'none', links: 'none' });
  return end.length < text.length ? `… ${sent}` : sent;
}

function beginningIn(end: string): number {
  const line = end.indexOf('\n') + 1;
  return line > 0 && line < LINE_GIVEN ? line : end.search(/\s/) + 1;
}
