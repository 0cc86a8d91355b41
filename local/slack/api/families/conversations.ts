import type { Method } from '../method.ts';
import { history, info, replies } from '../methods/conversations.ts';
import { list } from '../methods/conversations-list.ts';

/** conversations.* */
export const CONVERSATIONS: Record<string, Method> = {
  'conversations.history': history,
  'conversations.info': info,
  'conversations.list': list,
  'conversations.replies': replies,
};
