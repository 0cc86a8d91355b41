import type { Method } from './method.ts';
import { appendStream } from './methods/append-stream.ts';
import { authTest } from './methods/auth-test.ts';
import { history, info, replies } from './methods/conversations.ts';
import { list } from './methods/conversations-list.ts';
import { deleteMessage } from './methods/delete.ts';
import { postEphemeral } from './methods/post-ephemeral.ts';
import { postMessage } from './methods/post-message.ts';
import { addReaction, removeReaction } from './methods/reactions.ts';
import { setStatus } from './methods/set-status.ts';
import { startStream } from './methods/start-stream.ts';
import { stopStream } from './methods/stop-stream.ts';
import { update } from './methods/update.ts';
import { usersInfo } from './methods/users-info.ts';

/** Every Web API method there is; anything else is `unknown_method`. */
export const METHODS: Record<string, Method> = {
  'agents.sessions.setStatus': setStatus,
  'auth.test': authTest,
  'chat.appendStream': appendStream,
  'chat.delete': deleteMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.postMessage': postMessage,
  'chat.startStream': startStream,
  'chat.stopStream': stopStream,
  'chat.update': update,
  'conversations.history': history,
  'conversations.info': info,
  'conversations.list': list,
  'conversations.replies': replies,
  'reactions.add': addReaction,
  'reactions.remove': removeReaction,
  'users.info': usersInfo,
};
