import { createHash } from 'node:crypto';
import { cardText } from '../../slack/text.ts';
import { readJson } from './read-json.ts';

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

/**
 * A call's arguments, or a tool's result, as a short line for people; never JSON, and a text that is JSON is read like
 * the value it stands for. Empty where there is nothing to tell.
 */
export function previewOf(value: unknown): string {
  return cardText(wordsOf(value), FIELD_LIMIT);
}

function wordsOf(given: unknown): string {
  const value = readValue(given);
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    return listText(value) ?? countOf(value.length, 'entry', 'entries');
  }
  if (typeof value !== 'object') return String(value);
  const fields = Object.entries(value)
    .filter(([, field]) => hasContent(field))
    .map(([name, field]) => [name, readValue(field)] as const);
  const [only] = fields;
  // A single argument needs no name: the tool's title tells what it is.
  if (only && fields.length === 1 && isPlain(only[1])) return String(only[1]);
  return fields
    .filter(([, field]) => hasContent(field))
    .map(([name, field]) => [nameText(name), fieldText(field)].filter(Boolean).join(': '))
    .join(', ');
}

/** A value whose text that is JSON was read, and whose parts of text are one text. */
function readValue(given: unknown): unknown {
  const value = typeof given === 'string' ? readJson(given) : given;
  if (!Array.isArray(value) || value.length === 0 || !value.every(isTextPart)) return value;
  return value
    .map(({ text }) => wordsOf(text))
    .filter(Boolean)
    .join('\n');
}

/** As tools of MCP servers answer (`content` of `CallToolResult`). */
const isTextPart = (value: unknown): value is { text: string } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'text' &&
  'text' in value &&
  typeof value.text === 'string';

/** A list of plain values as words; undefined where it has others. */
function listText(list: readonly unknown[]): string | undefined {
  const entries = list.map(readValue);
  return entries.every(isPlain) ? entries.filter((entry) => entry !== '').join(', ') : undefined;
}

/** A field's name in words; what is JSON itself names nothing. */
function nameText(name: string): string {
  const read = readJson(name);
  return typeof read === 'string' ? inWords(read) : '';
}

function fieldText(value: unknown): string {
  if (isPlain(value)) return cardText(String(value), VALUE_LIMIT);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const text = value.length <= 5 ? listText(value) : undefined;
    return text === undefined ? countOf(value.length, 'entry', 'entries') : cardText(text, VALUE_LIMIT);
  }
  return countOf(Object.keys(value ?? {}).length, 'field', 'fields');
}

const hasContent = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

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
  return cardText(`Failed: ${wordsOf(errorText.trim()) || 'no reason was given'}`, ERROR_LIMIT);
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
