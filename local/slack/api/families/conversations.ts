import type { Method } from '../method.ts';
import { history, info, replies } from '../methods/conversations.ts';
import { archive, create, rename, setPurpose, setTopic, unarchive } from '../methods/conversations-change.ts';
import { list } from '../methods/conversations-list.ts';
import { invite, join, kick, leave, members } from '../methods/conversations-members.ts';
import { close, mark, open } from '../methods/conversations-open.ts';

/** conversations.* */
export const CONVERSATIONS: Record<string, Method> = {
  'conversations.archive': archive,
  'conversations.close': close,
  'conversations.create': create,
  'conversations.history': history,
  'conversations.info': info,
  'conversations.invite': invite,
  'conversations.join': join,
  'conversations.kick': kick,
  'conversations.leave': leave,
  'conversations.list': list,
  'conversations.mark': mark,
  'conversations.members': members,
  'conversations.open': open,
  'conversations.rename': rename,
  'conversations.replies': replies,
  'conversations.setPurpose': setPurpose,
  'conversations.setTopic': setTopic,
  'conversations.unarchive': unarchive,
};
