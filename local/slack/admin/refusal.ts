import type { Context } from 'hono';
import type { ActError } from '../interactions/act-error.ts';
import { BadRequest } from './body.ts';

const AS_OK = 'refusals=ok';

/**
 * What was refused, in words: 400 for a body that cannot be read, 409 for what a person cannot do. With
 * `Prefer: refusals=ok` (RFC 7240) the status is 200 and `Preference-Applied` says so: the page asks for that,
 * since browsers write every other status into their console.
 */
export function refusal(context: Context, error: BadRequest | ActError): Response {
  const said = { error: error.message };
  if (context.req.header('prefer') === AS_OK) return context.json(said, 200, { 'preference-applied': AS_OK });
  return context.json(said, error instanceof BadRequest ? 400 : 409);
}
