import type { CallRecord } from '../api/call-log.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** A call for the page's list: without arguments and answer, which are asked for when it is opened. */
export type PageCall = Omit<CallRecord, 'args' | 'answer'> & {
  /** A few words on what it was about. */
  about: string;
  /** What its arguments name, for the list's filter "one thread". */
  channel: string;
  ts: string;
  threadTs: string;
};

export function pageCall(call: CallRecord): PageCall {
  const { args, answer: _answer, ...rest } = call;
  return {
    ...rest,
    about: about(args),
    channel: word(args.channel) || word(args.channel_id),
    ts: word(args.ts) || word(args.message_ts) || word(args.timestamp),
    threadTs: word(args.thread_ts),
  };
}

const MAX_ABOUT = 120;

/** A few words on what a call was about: steps, text and blocks of chunks, a text, a status, a view's title, else whom it names. */
function about(args: JsonObject): string {
  const chunks = list(parsed(args.chunks)).filter(isObject);
  const steps = chunks.filter((chunk) => chunk.type === 'task_update').length;
  const texts = chunks.map((chunk) => (chunk.type === 'markdown_text' ? word(chunk.text) : ''));
  const blocks = chunks.flatMap((chunk) => (chunk.type === 'blocks' ? list(chunk.blocks) : [])).length;
  const said = joined([
    counted(steps, 'step'),
    texts.join(''),
    counted(blocks, 'block'),
    word(args.text),
    word(args.markdown_text),
    word(args.status),
    viewTitle(args.view),
    word(args.title) || word(args.filename),
    word(args.name),
  ]);
  return said || joined([word(args.channel), word(args.user), word(args.usergroup), word(args.bot)]);
}

const counted = (count: number, what: string): string =>
  count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;

/** Parts that say something, in one line and not too long. */
export function joined(parts: string[]): string {
  return parts
    .filter((part) => part !== '')
    .join(' · ')
    .slice(0, MAX_ABOUT * 2)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_ABOUT);
}

/** A modal's title, or what kind of view it is. */
export function viewTitle(given: Json | undefined): string {
  const view = parsed(given);
  if (!isObject(view)) return '';
  const title = isObject(view.title) ? word(view.title.text) : '';
  return title || word(view.callback_id) || word(view.type);
}

export const word = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** Form bodies carry objects and lists as JSON texts. */
function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}
