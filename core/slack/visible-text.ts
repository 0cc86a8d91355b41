import { shownCode } from '../markdown/inert-code.ts';
import { readableUrl } from '../markdown/link-policy.ts';
import { readMarkdown } from '../markdown/read-markdown.ts';

/**
 * What can be read in a message, as its letters and digits alone. Slack stores converted blocks and not our
 * Markdown, so two texts are compared with white space, marks and emoji removed.
 */

/** A name between colons is an emoji; Slack knows which, so that none of them is text. */
const SHORTCODE = /:(?!\d+:)[a-z0-9_+'-]{1,80}:|:(?:100|1234):/g;
const KEYCAP = /[0-9#*]\ufe0f?\u20e3/g;
/** Pictures that count as letters. */
const LETTER_PICTURES = /[\u2139\u24c2]/g;

/** Letters and digits of our own Markdown, as Slack would show it: a whole message, or a text on its own. */
export function lettersOfMarkdown(markdown: string): string {
  return lettersOf(readMarkdown({ line: '' }, markdown, { mentions: 'people', links: 'all' }).shown);
}

/** Letters and digits of plain text. */
export function lettersOf(text: string): string {
  return text
    .replace(SHORTCODE, '')
    .replace(KEYCAP, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(LETTER_PICTURES, '');
}

/** Letters and digits of a message as the Web API returns it: its blocks without plan cards, or its text. */
export function lettersOfMessage(message: { blocks?: unknown; text?: unknown }): string {
  const blocks = Array.isArray(message.blocks) ? message.blocks : [];
  const parts: string[] = [];
  for (const block of blocks) collect(block, parts);
  if (blocks.length === 0 && typeof message.text === 'string') return lettersOfMarkdown(message.text);
  return parts.join('');
}

function collect(node: unknown, parts: string[], inCode = false): void {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, parts, inCode);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, text, user_id, channel_id, elements, rows, url, style } = node as Record<string, unknown>;
  switch (type) {
    case 'plan':
    case 'task_card':
    case 'emoji':
    // The line under an answer is no part of its text.
    case 'context':
      return;
    case 'user':
      if (typeof user_id === 'string') parts.push(lettersOf(user_id));
      return;
    case 'channel':
      if (typeof channel_id === 'string') parts.push(lettersOf(channel_id));
      return;
    case 'markdown':
      if (typeof text === 'string') parts.push(lettersOfMarkdown(text));
      return;
    case 'link':
      parts.push(
        lettersOf(typeof text === 'string' ? text : typeof url === 'string' ? readableUrl(url) : ''),
      );
      return;
  }
  const isCode = inCode || type === 'rich_text_preformatted' || isCodeStyle(style);
  if (typeof text === 'string') parts.push(lettersOf(isCode ? shownCode(text) : text));
  else collect(text, parts);
  collect(elements, parts, isCode);
  collect(rows, parts);
}

function isCodeStyle(style: unknown): boolean {
  return typeof style === 'object' && style !== null && 'code' in style && style.code === true;
}

/** A card's state, wherever the message holds it. */
export function cardStatusIn(message: { blocks?: unknown }, cardId: string): string | undefined {
  for (const { task_id, status } of cardsIn(message.blocks))
    if (task_id === cardId && typeof status === 'string') return status;
  return undefined;
}

/** All cards of a message, inside a plan or on their own. */
export function cardsIn(blocks: unknown): Record<string, unknown>[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap((block: unknown): Record<string, unknown>[] => {
    if (typeof block !== 'object' || block === null) return [];
    const fields = block as Record<string, unknown>;
    if (fields.type === 'plan') return cardsIn(fields.tasks);
    return fields.type === 'task_card' ? [fields] : [];
  });
}
