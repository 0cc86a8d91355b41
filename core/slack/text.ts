import { isHighSurrogate } from '../text.ts';

/**
 * Text as it goes to Slack: what a model, a tool or a provider wrote must not mention, broadcast or link by
 * Slack's own syntax (`<@U1>`, `<!channel>`), which its Markdown honours too (case T-68). A channel's link
 * (`<#C1|name>`) notifies nobody and stays one.
 */

/** Put behind `<`, it ends Slack's syntax and is not seen; unlike an entity it is right inside code as well. */
const ZERO_WIDTH = '\u200b';
/** `<!--`, `<![CDATA[` and `<!DOCTYPE` are no commands of Slack's: they stay as they are, code is copied. */
const SLACK_SYNTAX = /<(?=@|!(?!--|\[|doctype\b))/gi;
/** Where a piece ends inside what might become one of them. */
const OPEN_SYNTAX = /<(?:!(?:-|d[octype]{0,6})?)?$/i;

/**
 * Model Markdown made inert.
 *
 * @param former the character before the piece: `<` may have come with the piece before
 */
export function inertMarkdown(text: string, former?: string): string {
  const inert = text.replace(SLACK_SYNTAX, `<${ZERO_WIDTH}`);
  return former === '<' && /^[@!]/.test(inert) ? ZERO_WIDTH + inert : inert;
}

/** How many characters of a piece may be shown while more of it may come: no half of a character, no lone `<`. */
export function settledLength(text: string): number {
  const syntax = OPEN_SYNTAX.exec(text);
  const end = syntax ? syntax.index : text.length;
  return isHighSurrogate(text, end - 1) ? end - 1 : end;
}

/** Whether a text may be cut before `index` without breaking a character or Slack's syntax. */
export function mayCutAt(text: string, index: number): boolean {
  if (isHighSurrogate(text, index - 1)) return false;
  return !OPEN_SYNTAX.test(text.slice(Math.max(0, index - 10), index));
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
export function cardText(text: string, limit: number): string {
  const line = text
    // Bidirectional marks could make a text read differently from what is done.
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    // Cards show text as it is: a channel's link is read by its name there.
    .replace(/<#\w+\|([^>]+)>/g, '#$1')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const inert = inertMarkdown(line);
  const characters = Array.from(inert);
  return characters.length <= limit ? inert : `${characters.slice(0, limit - 1).join('')}…`;
}

/** Escapes mrkdwn's three control characters (docs.slack.dev, "Escaping text"). */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
