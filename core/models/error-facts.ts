import { STATUS_CODES } from 'node:http';
import { http2Code } from './http2-code.ts';

/** What is known of an error, whatever threw it. */
export interface ErrorFacts {
  /** HTTP status; undefined when no answer came. Numbers inside sentences are none. */
  status: number | undefined;
  /** Error words: names, codes and types, in lower case, outermost first. */
  words: ReadonlySet<string>;
  /** Everything said about it in lower case, for patterns; not for people. */
  text: string;
  /** The provider's own sentence, as far as there is one. */
  message: string;
  /** The answer was a web page: somebody between us and the provider wrote it. */
  html: boolean;
  /** The code of HTTP/2 with which the peer went away. */
  http2: ReturnType<typeof http2Code>;
  /** Response headers, names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** By which the provider finds the request in its logs. */
  requestId: string | undefined;
}

/**
 * Gathers what an error and its causes tell: AI SDK's API call errors, AWS SDK errors, Node's network errors, and
 * the bare objects and strings that providers send in the middle of a stream.
 */
export function errorFacts(error: unknown): ErrorFacts {
  const words = new Set<string>();
  const texts: string[] = [];
  let status: number | undefined;
  let html = false;
  let headers: Record<string, string> = {};
  let requestId: string | undefined;
  for (const part of causesOf(error)) {
    status ??= statusOf(part);
    for (const word of wordsOf(part)) words.add(word.toLowerCase());
    html ||= isPage(part.responseBody);
    for (const text of [part.message, part.detail])
      if (typeof text === 'string' && text && !holdsTheAnswer(part)) texts.push(text);
    for (const found of [part.responseHeaders, part.headers])
      if (isObject(found)) headers = { ...lowerCase(found), ...headers };
    if (typeof part.request_id === 'string') requestId ??= part.request_id;
  }
  // Bedrock names its error in a header: `ThrottlingException:http://internal.amazon.com/…`.
  const amazonType = headers['x-amzn-errortype']?.split(':')[0];
  if (amazonType) words.add(amazonType.toLowerCase());
  const text = texts.join('\n').toLowerCase();
  // The status in words says nothing new where the body has a sentence.
  const message = texts.find((said) => said !== STATUS_CODES[status ?? 0]) ?? texts[0] ?? '';
  requestId = requestIdHeaders.map((name) => headers[name]).find(Boolean) ?? requestId;
  return { status, words, text, message, html, http2: http2Code(text), headers, requestId };
}

const requestIdHeaders = ['request-id', 'x-request-id', 'x-amzn-requestid', 'apim-request-id', 'cf-ray'];

type Part = Record<string, unknown>;

/** The error, its causes and the error objects inside response bodies, outermost first. */
function causesOf(error: unknown): Part[] {
  const parts: Part[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && parts.length < 16) {
    const next = queue.shift();
    if (typeof next === 'string') parts.push({ message: next });
    if (!isObject(next) || parts.includes(next)) continue;
    parts.push(next);
    if (holdsTheAnswer(next)) continue;
    // What is nested in an error: Anthropic's details, Azure's innererror, OpenRouter's metadata, a failed response.
    queue.push(
      next.error,
      next.data,
      bodyOf(next.responseBody),
      next.details,
      next.innererror,
      next.metadata,
    );
    if (isObject(next.response)) queue.push(next.response.error);
    if (typeof next.raw === 'string') queue.push(bodyOf(next.raw));
    queue.push(next.cause);
    if (Array.isArray(next.errors)) queue.push(...next.errors);
  }
  return parts;
}

/** The SDK's errors about an answer it could not read quote the answer: no word of it is about the error (T-9). */
function holdsTheAnswer({ name }: Part): boolean {
  return [
    'AI_TypeValidationError',
    'AI_JSONParseError',
    'AI_InvalidResponseDataError',
    'AI_InvalidStreamPartError',
    'AI_InvalidPromptError',
  ].includes(String(name));
}

function bodyOf(body: unknown): unknown {
  if (typeof body !== 'string' || body.length > 100_000 || isPage(body)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return { message: body.slice(0, 2_000) };
  }
}

function isPage(body: unknown): boolean {
  return typeof body === 'string' && /^\s*<(!doctype|html|head|\?xml|!--)/i.test(body);
}

function statusOf({ statusCode, status, code, $metadata }: Part): number | undefined {
  const sdk = isObject($metadata) ? $metadata.httpStatusCode : undefined;
  for (const candidate of [statusCode, status, sdk, code]) {
    const number = typeof candidate === 'string' && /^\d{3}$/.test(candidate) ? Number(candidate) : candidate;
    if (typeof number === 'number' && number >= 400 && number < 600) return number;
  }
  return undefined;
}

function wordsOf({ name, code, type, __type, error_code, error_type }: Part): string[] {
  return [code, type, __type, error_code, error_type, name].filter((word) => typeof word === 'string');
}

function lowerCase(headers: Part): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

function isObject(value: unknown): value is Part {
  return typeof value === 'object' && value !== null;
}
