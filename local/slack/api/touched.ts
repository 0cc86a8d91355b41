import type { JsonObject } from '../json.ts';
import type { Touched } from './call-log.ts';

/** The message that an accepted call made, changed or was about, by its answer and its arguments; null for none. */
export function touchedBy(args: JsonObject, answer: JsonObject): Touched | null {
  if (answer.ok !== true) return null;
  const channel = word(answer.channel) ?? word(args.channel) ?? word(args.channel_id);
  const ts =
    word(answer.ts) ??
    word(answer.message_ts) ??
    word(args.timestamp) ??
    word(args.message_ts) ??
    word(args.thread_ts);
  return channel === undefined || ts === undefined || !/^\d+\.\d+$/.test(ts) ? null : { channel, ts };
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
