import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import { awaitSlot } from '../budget/await-slot.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import { placeOf } from '../place.ts';
import type { CurrentUpload } from '../record.ts';
import { everywhere } from '../recovery/failures.ts';
import { findPostedBlock } from '../recovery/find-block.ts';
import { unread } from '../recovery/in-doubt.ts';
import type { Brought } from './upload-files.ts';

/** A message that stands behind the answer, known again by the name of one of its blocks. */
export interface OncePost {
  blockId: string;
  text: string;
  blocks: readonly Record<string, unknown>[];
}

/**
 * Posts a message where the answer stands, at most once: that it is about to be posted is written down before, and
 * one that was perhaps posted is looked for first. Where nobody may look it is posted again.
 *
 * @param current what the record says of it from then on
 * @throws SlackCallError where Slack could not be asked, or the app may not act
 */
export async function postOnce(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  current: CurrentUpload,
  { blockId, text, blocks }: OncePost,
): Promise<Brought> {
  const place = placeOf(held.record);
  if (current.at !== undefined && (await isPosted(slack, held, place.channel, current.at, blockId)))
    return { kind: 'done' };
  const slot = await awaitSlot(deps, held, {
    method: 'chat.postMessage',
    priority: 'end',
    channel: place.channel,
  });
  if (slot.kind !== 'granted') return slot;
  const { done = [] } = { ...held.record.uploads };
  held.change({ uploads: { done, current: { ...current, at: current.at ?? deps.now() } } });
  await held.save();
  try {
    await slack.call('chat.postMessage', {
      ...place,
      text,
      blocks,
      unfurl_links: false,
      unfurl_media: false,
    });
  } catch (error) {
    const code = refusalOf(error);
    if (code === undefined) throw error;
    return { kind: 'refused', code };
  }
  return { kind: 'done' };
}

async function isPosted(
  slack: SlackApi,
  { record: { threadTs } }: HeldRelay,
  channel: string,
  at: number,
  blockId: string,
): Promise<boolean> {
  try {
    return (await findPostedBlock(slack, { channel, threadTs }, at, blockId)) !== undefined;
  } catch (error) {
    if (error instanceof SlackCallError && unread(error).kind === 'unreadable') return false;
    throw error;
  }
}

/** Slack's word where it will not take this message, whatever the time. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof SlackCallError) || error.failure.kind !== 'platform') return undefined;
  const { code } = error.failure;
  return code in everywhere ? undefined : code;
}
