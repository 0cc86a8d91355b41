import { escapeMrkdwn } from '../slack/text.ts';

/** Slack refuses some fields from 200 characters on without saying so (case G-8). */
const VALUE_LIMIT = 200;

/**
 * A text of the model or of a person as one line of mrkdwn that does nothing: no mention, link, channel or line
 * of its own making. At most `limit` characters (UTF-16), Slack's escapes included.
 */
export function inertText(text: string, limit: number = VALUE_LIMIT): string {
  return escapeWithin(oneLine(text).replaceAll('`', "'"), limit);
}

/** The same inside a code span, where `*`, `_`, `~`, `:emoji:` and addresses stay what they are. */
export function inertCode(text: string, limit: number = VALUE_LIMIT): string {
  const inner = inertText(text, limit);
  return inner === '' ? '_empty_' : `\`${inner}\``;
}

function oneLine(text: string): string {
  // Bidirectional marks could make a text read differently from what is executed.
  return text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Room for the words that say how much is not shown; a short field has none. */
const REST_LENGTH = 30;
const SHORT_FIELD = 150;

/** Escapes and cuts, never inside a character or an escape; a value that is cut says how much is missing. */
function escapeWithin(text: string, limit: number): string {
  const whole = escapeMrkdwn(text);
  if (whole.length <= limit) return whole;
  const room = limit - (limit < SHORT_FIELD ? 1 : REST_LENGTH);
  const characters = Array.from(text);
  let cut = '';
  let shown = 0;
  for (const character of characters) {
    const escaped = escapeMrkdwn(character);
    if (cut.length + escaped.length > room) break;
    cut += escaped;
    shown++;
  }
  return limit < SHORT_FIELD ? `${cut}…` : `${cut}… (${characters.length - shown} more characters)`;
}
