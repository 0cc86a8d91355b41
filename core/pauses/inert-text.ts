import { escapeMrkdwn } from '../slack/text.ts';
import { withoutInvisible } from '../text.ts';

/** Slack refuses some fields from 200 characters on without saying so (case G-8). */
const VALUE_LIMIT = 200;

/**
 * A text of the model or of a person as one line of mrkdwn that does nothing: no mention, link, channel or line
 * of its own making. At most `limit` characters (UTF-16), Slack's escapes included.
 *
 * @param omitted how many characters were left out before, to be counted with those that are cut here
 */
export function inertText(text: string, limit: number = VALUE_LIMIT, omitted = 0): string {
  return escapeWithin(oneLine(text).replaceAll('`', "'"), limit, omitted);
}

/** The same inside a code span, where `*`, `_`, `~`, `:emoji:` and addresses stay what they are. */
export function inertCode(text: string, limit: number = VALUE_LIMIT, omitted = 0): string {
  const inner = inertText(text, limit, omitted);
  return inner === '' ? '_empty_' : `\`${inner}\``;
}

function oneLine(text: string): string {
  return withoutInvisible(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Room for the words that say how much is not shown; a short field has none. */
const REST_LENGTH = 30;
const SHORT_FIELD = 150;

/** Escapes and cuts, never inside a character or an escape; a value that is cut says how much is missing. */
function escapeWithin(text: string, limit: number, omitted: number): string {
  const whole = escapeMrkdwn(text);
  if (whole.length <= limit && omitted === 0) return whole;
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
  return limit < SHORT_FIELD ? `${cut}…` : `${cut}… (${characters.length - shown + omitted} more characters)`;
}
