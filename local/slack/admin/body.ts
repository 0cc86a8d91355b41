import type { Context } from 'hono';
import { z } from 'zod';
import { parseJson } from '../json.ts';

/** A request of the admin API that cannot be read: answered 400 with what is wrong. */
export class BadRequest extends Error {}

/** Reads and checks a JSON body. @throws BadRequest */
export async function bodyOf<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  let given: unknown;
  try {
    const text = await context.req.text();
    given = text === '' ? {} : parseJson(text);
  } catch {
    throw new BadRequest('the body is not JSON');
  }
  const result = schema.safeParse(given);
  if (!result.success) throw new BadRequest(z.prettifyError(result.error));
  return result.data;
}
