import type { Json } from '../json.ts';

/** How a payload travels: events as JSON, interactions as the form field `payload`, commands as plain fields (§5). */
export type Encoding = 'json' | 'payload' | 'fields';

/** The body of a delivery and its content type (§5, §6). */
export function encoded(payload: Json, encoding: Encoding): { contentType: string; body: string } {
  const json = JSON.stringify(payload);
  if (encoding === 'json') return { contentType: 'application/json', body: json };
  const fields = encoding === 'fields' ? (payload as Record<string, string>) : { payload: json };
  return {
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
  };
}
