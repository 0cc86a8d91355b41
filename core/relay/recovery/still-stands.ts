import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import { readThread } from '../../slack/thread.ts';
import type { RelayRecord } from '../record.ts';
import { unread } from './in-doubt.ts';

/**
 * Whether the message that takes no more still stands in the thread. Of one that somebody deleted Slack may say the
 * same as of one whose stream has ended (chat.stopStream has no `message_not_found` among its errors), and what it
 * showed must be shown again.
 *
 * @returns undefined when Slack cannot be asked now; true where nobody may look
 */
export async function stillStands(
  slack: SlackApi,
  { channel, threadTs }: Pick<RelayRecord, 'channel' | 'threadTs'>,
  ts: string,
): Promise<boolean | undefined> {
  try {
    const messages = await readThread(slack, { channel, threadTs, oldest: ts, latest: ts });
    return messages.some((message) => message.ts === ts);
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    return unread(error).kind === 'later' ? undefined : true;
  }
}
