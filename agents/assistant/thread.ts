import type { ToolContext } from '../../core/index.ts';
import { asThreadMessages, type ThreadMessage } from './thread-message.ts';
import { type Reply, readReplies } from './thread-replies.ts';

interface ThreadReading {
  messages: ThreadMessage[];
  /** Older messages that are not among them, as far as they were counted. */
  olderLeftOut: number;
  note?: string;
}

/**
 * The newest `limit` messages of the thread, oldest first (case S-15).
 *
 * @throws SlackCallError; the signal's reason
 */
export async function readNewest(
  context: Pick<ToolContext, 'slack' | 'session' | 'signal'>,
  limit: number,
): Promise<ThreadReading> {
  const newest: Reply[] = [];
  let seen = 0;
  const note = await readReplies(context, (reply) => {
    newest.push(reply);
    seen++;
    if (newest.length > limit) newest.shift();
  });
  return {
    messages: await asThreadMessages(context.slack, newest),
    olderLeftOut: seen - newest.length,
    ...(note ? { note } : {}),
  };
}
