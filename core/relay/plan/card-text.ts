import { createHash } from 'node:crypto';
import { cardText } from '../../slack/text.ts';

/** Slack documents 256 characters for a card's fields. */
export const FIELD_LIMIT = 256;
/** Errors are shown shorter (case G-31). */
const ERROR_LIMIT = 200;
const VALUE_LIMIT = 80;
const ENDED_KEPT = 40;
const DIGEST_LENGTH = 6;

/** A tool's title, or its name in words: `post_announcement` reads "Post announcement". */
export function titleOf(title: string | undefined, toolName: string): string {
  const given = title && cardText(title, FIELD_LIMIT);
  if (given) return given;
  const words = toolName
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return cardText(words.charAt(0).toUpperCase() + words.slice(1), FIELD_LIMIT) || 'Tool call';
}

/** A call's arguments, or a tool's result, as a short line for people; never JSON. Empty where there is nothing to tell. */
export function previewOf(value: unknown): string {
  return cardText(wordsOf(value), FIELD_LIMIT);
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    return value.every(isPlain) ? value.map(String).join(', ') : countOf(value.length, 'entry', 'entries');
  }
  if (typeof value !== 'object') return String(value);
  const fields = Object.entries(value).filter(
    ([, field]) => field !== null && field !== undefined && field !== '',
  );
  const [only] = fields;
  // A single argument needs no name: the tool's title tells what it is.
  if (only && fields.length === 1 && isPlain(only[1])) return String(only[1]);
  return fields.map(([name, field]) => `${inWords(name)}: ${fieldText(field)}`).join(', ');
}

function fieldText(value: unknown): string {
  if (isPlain(value)) return cardText(String(value), VALUE_LIMIT);
  if (Array.isArray(value))
    return value.length <= 5 && value.every(isPlain)
      ? cardText(value.map(String).join(', '), VALUE_LIMIT)
      : countOf(value.length, 'entry', 'entries');
  return countOf(Object.keys(value ?? {}).length, 'field', 'fields');
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const countOf = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const inWords = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();

/** What a card of a failed call says. */
export function failureText(errorText: string): string {
  return cardText(`Failed: ${errorText.trim() || 'no reason was given'}`, ERROR_LIMIT);
}

/** What a card says of a file that the model was not given. */
export function unreadTitle(name: string): string {
  return cardText(`Could not read ${name}`, FIELD_LIMIT);
}

/** What a card of a call says that a person denied with a reason. */
export function denialText(reason: string): string {
  return cardText(`Denied: ${reason}`, ERROR_LIMIT);
}

/** What a card says while a model call waits for its next try. */
export function retryTitle(delayMs: number, error: string): string {
  return cardText(`Trying again in ${waitText(delayMs)}: ${error}`, FIELD_LIMIT);
}

/** A wait as people say it; from a minute and a quarter on, seconds tell nothing. */
function waitText(ms: number): string {
  if (ms < 75_000) return `${Math.max(1, Math.round(ms / 1_000))} s`;
  return ms < 2 * 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

/** Remembers that a card or a call has ended; the oldest are forgotten. */
export function withEnded(ended: string, id: string): string {
  return addDigest(ended, id).slice(-ENDED_KEPT * DIGEST_LENGTH);
}

/** A set of ids as one short text: six characters for each, one after the other. */
export function addDigest(digests: string, id: string): string {
  return digests + digestOf(id);
}

export function hasDigest(digests: string, id: string): boolean {
  return placeOf(digests, id) >= 0;
}

export function withoutDigest(digests: string, id: string): string {
  const at = placeOf(digests, id);
  return at < 0 ? digests : digests.slice(0, at) + digests.slice(at + DIGEST_LENGTH);
}

export function digestCount(digests: string): number {
  return digests.length / DIGEST_LENGTH;
}

function placeOf(digests: string, id: string): number {
  const digest = digestOf(id);
  for (let at = 0; at < digests.length; at += DIGEST_LENGTH) if (digests.startsWith(digest, at)) return at;
  return -1;
}

function digestOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, DIGEST_LENGTH);
}
