import { CONTINUED } from '../../core/relay/plan/text-draft.ts';
import { lettersOfMarkdown } from '../../core/slack/visible-text.ts';
import type { CallRecord } from '../../local/slack/api/call-log.ts';
import type { Json } from '../../local/slack/json.ts';
import { isStandIn } from '../../test/support/shown-end.ts';

/** Text that one call brought into a thread, as letters and digits. */
export interface Arrival {
  /** When Slack had it, epoch milliseconds. */
  at: number;
  letters: string;
}

export interface Thread {
  channel: string;
  threadTs: string;
}

const MENTION = /<@\w+>/g;

/** What can be read in Markdown, without the mention and the mark of a text that goes on, which are the relay's own words. */
export const readableLetters = (markdown: string): string =>
  lettersOfMarkdown(markdown.replace(CONTINUED, '').replace(MENTION, ''));

/** When Slack had applied a call. */
export const doneAt = ({ at, durationMs }: Pick<CallRecord, 'at' | 'durationMs'>): number => at + durationMs;

/** Calls that made or changed the app's messages of a thread, in the order in which Slack applied them. */
export function callsOfThread(calls: readonly CallRecord[], { channel, threadTs }: Thread): CallRecord[] {
  const own = new Set<string>();
  return [...calls]
    .sort((one, other) => doneAt(one) - doneAt(other))
    .filter(({ args, applied, touched }) => {
      if (!applied || args.channel !== channel) return false;
      const opens = args.thread_ts === threadTs && args.ts === undefined;
      if (opens && touched) own.add(touched.ts);
      return opens || own.has(String(args.ts));
    });
}

/** Text that streams and posts brought into a thread for good. */
export const arrivalsIn = (calls: readonly CallRecord[], thread: Thread): Arrival[] =>
  textIn(callsOfThread(calls, thread), contentOf);

/** Text that the message which stands in for a stream showed meanwhile: each time the end of it so far. */
export const previewsIn = (calls: readonly CallRecord[], thread: Thread): Arrival[] =>
  textIn(callsOfThread(calls, thread), ({ args }) =>
    standsIn(args.blocks) ? textsOf(args.blocks, 'markdown') : '',
  );

function textIn(calls: readonly CallRecord[], markdownOf: (call: CallRecord) => string): Arrival[] {
  return calls.flatMap((call) => {
    const letters = readableLetters(markdownOf(call));
    return letters === '' ? [] : [{ at: doneAt(call), letters }];
  });
}

function contentOf({ method, args }: CallRecord): string {
  if (isOfStream({ method })) {
    const text = typeof args.markdown_text === 'string' ? args.markdown_text : '';
    return textsOf(args.chunks, 'markdown_text') + text;
  }
  return method === 'chat.postMessage' && !standsIn(args.blocks) ? textsOf(args.blocks, 'markdown') : '';
}

export const isOfStream = ({ method }: Pick<CallRecord, 'method'>): boolean =>
  /^chat\.(start|append|stop)Stream$/.test(method);

/** Whether blocks are those of the message that stands in for a stream. */
export const standsIn = (blocks: unknown): boolean => isStandIn(listOf(blocks));

function textsOf(list: Json | undefined, type: string): string {
  return listOf(list)
    .filter((one) => one.type === type && typeof one.text === 'string')
    .map(({ text }) => String(text))
    .join('');
}

/** Whether a call brings or changes a step; a card that says that nothing is known yet is none, until it becomes one. */
export const bringsSteps = ({ args }: Pick<CallRecord, 'args'>): boolean =>
  listOf(args.chunks).some(({ type, title }) => type === 'task_update' && title !== 'Thinking');

/** Arguments come as they are in JSON, and as text in a form. */
function listOf(value: unknown): Record<string, unknown>[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(list) ? list : [];
}
