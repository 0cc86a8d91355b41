import { STATUS_CODES } from 'node:http';
import { APICallError } from '@ai-sdk/provider';
import type { ErrorCode } from '../error-classes.ts';

/** What a provider sent: with it a test lets the SDK build the error anew. */
export interface Wire {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An error as AI SDK 7 surfaces it, and what has to become of it. */
export interface ErrorFixture {
  name: string;
  error: unknown;
  expected: { code: ErrorCode; retryable: boolean; retryAfterMs?: number };
  wire?: Wire;
  /** Bedrock: the exception's frame in the event stream, its name and sentence. */
  exception?: [type: string, message: string];
  /** Which attempt at the step failed; the first unless told otherwise. */
  attempt?: number;
}

/** When the errors happened, for the dates in them. */
export const FIXTURES_AT = Date.parse('2026-11-21T12:00:00Z');

/** Expectations by their class, as the table of classes has them. */
export const again = (code: ErrorCode, retryAfterMs?: number) => ({
  code,
  retryable: true,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
export const final = (code: ErrorCode) => ({ code, retryable: false });

/**
 * An answer with an error status, as the SDK's handlers make an error of it: the provider's sentence where the body
 * has it in the provider's form, else the status in words.
 */
export function answered(
  name: string,
  status: number,
  body: unknown,
  expected: ErrorFixture['expected'],
  headers: Record<string, string> = {},
  url = 'https://models.example.com/v1/messages?api_key=topsecret',
): ErrorFixture {
  const json = typeof body !== 'string';
  const text = json ? JSON.stringify(body) : body;
  const sent = {
    'content-type': json ? 'application/json' : text.startsWith('<') ? 'text/html' : 'text/plain',
    ...headers,
  };
  const message = (json ? sentenceOf(body) : undefined) ?? STATUS_CODES[status] ?? '';
  const error = new APICallError({
    message,
    url,
    requestBodyValues: { messages: [{ role: 'user', content: 'private words of the conversation' }] },
    statusCode: status,
    responseHeaders: sent,
    responseBody: text,
    ...(json ? { data: body } : {}),
  });
  return { name, error, expected, wire: { status, headers: sent, body: text } };
}

/** Anthropic, OpenAI and what imitates it: `error.message`; Bedrock: `message`. */
function sentenceOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('error' in body) return sentenceOf(body.error);
  return 'message' in body && typeof body.message === 'string' ? body.message : undefined;
}

/** Server-sent events, each an `event:` and a `data:` line. */
export function events(...list: [event: string, data: unknown][]): Wire {
  const body = list.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join('');
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, body };
}
