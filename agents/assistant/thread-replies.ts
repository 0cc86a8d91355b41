import type { SlackApi, ToolContext } from '../../core/index.ts';

/** A message of a thread as conversations.replies gives it. */
export interface Reply {
  ts: string;
  user?: string;
  bot_id?: string;
  username?: string;
  bot_profile?: { name?: string };
  text?: string;
  files?: { name?: string }[];
  streaming_state?: string;
}

interface RepliesPage {
  messages?: Reply[];
  response_metadata?: { next_cursor?: string };
}

const PAGE = 200;
/** Slack gives replies oldest first and has no way to begin at the end, so long threads are read through. */
const MOST_PAGES = 20;

/**
 * Reads a thread through, oldest first, with conversations.replies page by page, and hands each message on once. The
 * message that is being streamed at the moment is the answer itself and left out.
 *
 * @returns a sentence where the thread goes on behind what is read
 * @throws SlackCallError; the signal's reason
 */
export async function readReplies(
  { slack, session, signal }: Pick<ToolContext, 'slack' | 'session' | 'signal'>,
  take: (reply: Reply) => void,
): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    signal.throwIfAborted();
    const { messages, response_metadata } = await pageAt(slack, session, cursor);
    for (const reply of messages ?? []) {
      // Some pages begin with the thread's first message again.
      const again = page > 0 && reply.ts === session.threadTs;
      if (!again && reply.streaming_state !== 'in_progress') take(reply);
    }
    cursor = response_metadata?.next_cursor || undefined;
    if (!cursor) return undefined;
  }
  return `The thread is longer than ${MOST_PAGES * PAGE} messages; its newest were not reached.`;
}

function pageAt(slack: SlackApi, { channel, threadTs }: ToolContext['session'], cursor: string | undefined) {
  return slack.call<RepliesPage>('conversations.replies', {
    channel,
    ts: threadTs,
    limit: PAGE,
    ...(cursor ? { cursor } : {}),
  });
}
