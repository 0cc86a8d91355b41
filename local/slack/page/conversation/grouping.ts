import type { Message } from '../store/types.ts';

/** Messages of one author within so many seconds stand together under one name, as in Slack. */
const TOGETHER_S = 300;

/** Subtypes that are Slack's own notes about a channel, not something that somebody wrote. */
const NOTES = new Set([
  'channel_join',
  'channel_leave',
  'channel_topic',
  'channel_purpose',
  'channel_name',
  'channel_archive',
  'channel_unarchive',
  'group_join',
  'group_leave',
  'group_topic',
  'group_purpose',
  'group_name',
  'group_archive',
  'group_unarchive',
  'channel_posting_permissions',
]);

/** Whether a message is a note of Slack itself, such as "has joined the channel". */
export const isNote = ({ subtype }: Pick<Message, 'subtype'>): boolean => NOTES.has(subtype ?? '');

type Grouped = Pick<
  Message,
  'ts' | 'user' | 'username' | 'subtype' | 'ephemeralFor' | 'broadcast' | 'threadTs'
>;

/** Whether a message stands under the name of the one before it. Days are the caller's business. */
export function isTogether(message: Grouped, before: Grouped | undefined): boolean {
  if (!before || message.user !== before.user || message.username !== before.username) return false;
  if (isNote(message) !== isNote(before) || before.subtype === 'tombstone' || message.subtype === 'tombstone')
    return false;
  if (message.ephemeralFor !== undefined || before.ephemeralFor !== undefined) return false;
  if (message.broadcast || before.broadcast) return false;
  return Number(message.ts) - Number(before.ts) < TOGETHER_S;
}
