import type { Method } from '../method.ts';
import { appendStream } from '../methods/append-stream.ts';
import { deleteMessage } from '../methods/delete.ts';
import { getPermalink } from '../methods/get-permalink.ts';
import { meMessage } from '../methods/me-message.ts';
import { postEphemeral } from '../methods/post-ephemeral.ts';
import { postMessage } from '../methods/post-message.ts';
import {
  deleteScheduledMessage,
  listScheduledMessages,
  scheduleMessage,
} from '../methods/schedule-message.ts';
import { startStream } from '../methods/start-stream.ts';
import { stopStream } from '../methods/stop-stream.ts';
import { update } from '../methods/update.ts';

/** chat.* */
export const CHAT: Record<string, Method> = {
  'chat.appendStream': appendStream,
  'chat.delete': deleteMessage,
  'chat.deleteScheduledMessage': deleteScheduledMessage,
  'chat.getPermalink': getPermalink,
  'chat.meMessage': meMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.postMessage': postMessage,
  'chat.scheduleMessage': scheduleMessage,
  'chat.scheduledMessages.list': listScheduledMessages,
  'chat.startStream': startStream,
  'chat.stopStream': stopStream,
  'chat.update': update,
};
