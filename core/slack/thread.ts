import type { SlackApi } from './api.ts';

/** A message as `conversations.replies` returns it; only what is read here. */
export interface ThreadMessage {
  ts: string;
  user?: string;
  bot_id?: string;
  text?: string;
  blocks?: unknown[];
  files?: readonly { id?: string }[];
  /** Of a streamed message: `in_progress`, `completed` or `errored`. */
  streaming_state?: string;
}

export interface ThreadRange {
  channel: string;
  threadTs: string;
  /** Message ts from which on, and to which, inclusive. */
  oldest?: string;
  latest?: string;
}

const PAGE = 100;
const PAGES = 5;

/**
 * Messages of a thread in Slack's order, the root among them where the range begins with it.
 *
 * @throws SlackCallError
 */
export async function readThread(slack: SlackApi, range: ThreadRange): Promise<ThreadMessage[]> {
  const messages: ThreadMessage[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await slack.call<{
      messages?: ThreadMessage[];
      has_more?: boolean;
      response_metadata?: { next_cursor?: string };
    }>('conversations.replies', {
      channel: range.channel,
      ts: range.threadTs,
      limit: PAGE,
      inclusive: true,
      ...(range.oldest ? { oldest: range.oldest } : {}),
      ...(range.latest ? { latest: range.latest } : {}),
      ...(cursor ? { cursor } : {}),
    });
    messages.push(...(answer.messages ?? []));
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (!answer.has_more || !cursor) break;
  }
  return messages;
}

/** How much Slack's clock may be behind ours. */
const CLOCK_SKEW_MS = 10_000;

/** The ts from which on a message is found that was made at that time by our clock, epoch milliseconds. */
export const tsFrom = (at: number): string => tsOf(at - CLOCK_SKEW_MS);

/** Epoch milliseconds as a message ts, for ranges. */
function tsOf(at: number): string {
  return (Math.max(0, at) / 1000).toFixed(6);
}

/** Epoch milliseconds of a message ts. */
export function timeOf(ts: string): number {
  return Number(ts) * 1000;
}
