import type { SlackApi } from '../../slack/api.ts';
import { readThread, type ThreadMessage, tsFrom } from '../../slack/thread.ts';

/** The message with a block of that name. */
export function findByBlockId(
  messages: readonly ThreadMessage[],
  blockId: string,
): ThreadMessage | undefined {
  return messages.find(({ blocks }) =>
    blocks?.some(
      (block) =>
        typeof block === 'object' && block !== null && 'block_id' in block && block.block_id === blockId,
    ),
  );
}

/**
 * Looks in a thread for a message that was perhaps posted, by the name of one of its blocks.
 *
 * @param at when its call was begun, epoch milliseconds
 * @returns its ts
 * @throws SlackCallError
 */
export async function findPostedBlock(
  slack: SlackApi,
  { channel, threadTs }: { channel: string; threadTs: string },
  at: number,
  blockId: string,
): Promise<string | undefined> {
  return findByBlockId(await readThread(slack, { channel, threadTs, oldest: tsFrom(at) }), blockId)?.ts;
}
