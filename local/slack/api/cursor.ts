import type { JsonObject } from '../json.ts';
import type { Args, ArgTable } from './arguments.ts';
import { ApiError } from './errors.ts';

/** Arguments of methods that list things page by page. */
export const CURSOR_ARGS: ArgTable = { cursor: { type: 'string' }, limit: { type: 'integer' } };

/**
 * One page of a list in its order, and `response_metadata.next_cursor`: empty on the last page.
 *
 * @param kind what the cursor names, e.g. `user`; a cursor of another list is `invalid_cursor`
 * @throws ApiError invalid_limit outside 1–1000, invalid_cursor
 */
export function pageOf<T>(
  list: readonly T[],
  args: Args,
  given: { kind: string; idOf: (item: T) => string; limit?: number },
): { items: T[]; rest: { response_metadata: JsonObject } } {
  const limit = args.integer('limit') ?? given.limit ?? 100;
  if (limit < 1 || limit > 1000) throw new ApiError('invalid_limit');
  const from = startOf(list, args.string('cursor'), given);
  const next = list[from + limit];
  const next_cursor =
    next === undefined ? '' : Buffer.from(`${given.kind}:${given.idOf(next)}`).toString('base64');
  return { items: list.slice(from, from + limit), rest: { response_metadata: { next_cursor } } };
}

function startOf<T>(
  list: readonly T[],
  cursor: string | undefined,
  { kind, idOf }: { kind: string; idOf: (item: T) => string },
): number {
  if (!cursor) return 0;
  const text = Buffer.from(cursor, 'base64').toString();
  const at = list.findIndex((item) => `${kind}:${idOf(item)}` === text);
  if (at < 0) throw new ApiError('invalid_cursor');
  return at;
}
