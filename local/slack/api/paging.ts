import { parseTs } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { Message } from '../world/types.ts';
import type { Args, ArgTable } from './arguments.ts';
import { ApiError } from './errors.ts';

/** Arguments of conversations.history and replies. */
export const PAGING_ARGS: ArgTable = {
  channel: { type: 'string', required: true },
  cursor: { type: 'string' },
  limit: { type: 'integer' },
  latest: { type: 'string' },
  oldest: { type: 'string' },
  inclusive: { type: 'boolean' },
  include_all_metadata: { type: 'boolean' },
};

const MAX_LIMIT = 999;
const PREFIX = 'next_ts:';

/** Messages between `oldest` and `latest`, both exclusive unless `inclusive`. */
export function withinBounds(messages: Message[], args: Args): Message[] {
  const bound = (name: string, otherwise: number): number => {
    const given = args.string(name);
    if (given === undefined || given === '') return otherwise;
    const micros = /^\d+$/.test(given) ? Number(given) * 1_000_000 : parseTs(given);
    if (Number.isNaN(micros)) throw new ApiError(`invalid_ts_${name}`);
    return micros;
  };
  const oldest = bound('oldest', Number.NEGATIVE_INFINITY);
  const latest = bound('latest', Number.POSITIVE_INFINITY);
  const inclusive = args.boolean('inclusive');
  return messages.filter(({ ts }) => {
    const micros = parseTs(ts);
    return inclusive ? micros >= oldest && micros <= latest : micros > oldest && micros < latest;
  });
}

/** One page of a list whose order is already right, and what the answer says about the rest. */
export function page(
  messages: Message[],
  args: Args,
  defaultLimit: number,
): { items: Message[]; rest: JsonObject } {
  const limit = args.integer('limit') ?? defaultLimit;
  if (limit < 1 || limit > MAX_LIMIT + 1) throw new ApiError('invalid_limit');
  const from = startOf(messages, args.string('cursor'));
  const items = messages.slice(from, from + limit);
  const next = messages[from + limit];
  const cursor = next ? Buffer.from(PREFIX + next.ts).toString('base64') : '';
  return { items, rest: { has_more: next !== undefined, response_metadata: { next_cursor: cursor } } };
}

function startOf(messages: Message[], cursor: string | undefined): number {
  if (!cursor) return 0;
  const text = Buffer.from(cursor, 'base64').toString();
  const at = messages.findIndex((message) => PREFIX + message.ts === text);
  if (at < 0) throw new ApiError('invalid_cursor');
  return at;
}
