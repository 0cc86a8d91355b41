import type { TextPolicy } from '../display/display.ts';
import { cleanText } from '../markdown/clean-text.ts';
import { isGraphemeEnd } from '../markdown/graphemes.ts';
import { InlineReader } from '../markdown/inline-reader.ts';

const CARDS: TextPolicy = { mentions: 'none', links: 'all' };

/**
 * A line of text that Slack reads as Markdown, made inert (case T-68): it mentions nobody and links only where it may.
 */
export function inertLine(line: string, policy: TextPolicy = CARDS): string {
  return new InlineReader(line, { policy, more: false, loose: false, former: '' }).readAll();
}

/** UTF-8 bytes, as Slack counts a streamed message. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/**
 * A line for a card's title, details or output: inert, without line breaks and control characters.
 *
 * @param limit characters at most, the ellipsis included
 */
export function cardText(text: string, limit: number, policy: TextPolicy = CARDS): string {
  const line = cleanText(text)
    .text // Cards show text as it is: a channel's link is read by its name there.
    .replace(/<#\w+\|([^>]+)>/g, '#$1')
    .replace(/\s+/g, ' ')
    .trim();
  const inert = inertLine(line, policy);
  const characters = Array.from(inert);
  if (characters.length <= limit) return inert;
  let end = characters.slice(0, limit - 1).join('').length;
  while (end > 0 && !isGraphemeEnd(inert, end)) end--;
  return `${inert.slice(0, end)}…`;
}

/** Escapes mrkdwn's three control characters (docs.slack.dev, "Escaping text"). */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
