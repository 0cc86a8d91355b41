import { fileInMessage } from '../files/view.ts';
import type { JsonObject } from '../json.ts';
import type { Message } from './types.ts';
import type { World } from './world.ts';

/**
 * A message as Slack gives it to an app: stored blocks, `streaming_state`, thread counters (§1.5, §6).
 * Metadata only where it was asked for (`include_all_metadata`) or where an event carries it.
 */
export function messageView(world: World, message: Message, with_: { metadata?: boolean } = {}): JsonObject {
  const view: JsonObject = {
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    ...(message.clientMsgId === undefined ? {} : { client_msg_id: message.clientMsgId }),
    type: 'message',
    // The bot_message style names its author by bot_id and username only (§6).
    ...(message.subtype === 'bot_message' ? {} : { user: message.user }),
    ts: message.ts,
    text: message.text,
    team: message.teamId,
    blocks: message.blocks,
  };
  if (message.botId !== undefined) Object.assign(view, botFields(world, message));
  if (message.username !== undefined) view.username = message.username;
  if (message.files?.length) view.files = message.files.map(fileInMessage);
  if (message.icons) view.icons = message.icons;
  if (message.attachments?.length) view.attachments = message.attachments;
  if (message.edited) view.edited = message.edited;
  if (message.stream) view.streaming_state = message.stream.state;
  if (message.reactions?.length) {
    view.reactions = message.reactions.map((one) => ({ ...one, count: one.users.length }));
  }
  if (message.metadata && with_.metadata) view.metadata = message.metadata;
  if (message.ephemeralFor !== undefined) view.is_ephemeral = true;
  Object.assign(view, threadFields(world, message));
  return view;
}

function botFields(world: World, message: Message): JsonObject {
  const app = message.appId === undefined ? undefined : world.apps.get(message.appId);
  return {
    bot_id: message.botId,
    app_id: message.appId,
    bot_profile: {
      id: message.botId,
      app_id: message.appId,
      name: app?.name ?? 'bot',
      team_id: message.teamId,
      deleted: false,
      updated: 1_750_000_000,
      icons: {},
    },
  };
}

function threadFields(world: World, message: Message): JsonObject {
  if (message.threadTs !== undefined && message.threadTs !== message.ts) {
    const parent = world.message(message.channel, message.threadTs);
    return { thread_ts: message.threadTs, parent_user_id: parent?.user };
  }
  const replies = world.thread(message.channel, message.ts).filter((one) => one.ts !== message.ts);
  const last = replies.at(-1);
  if (!last) return {};
  const users = [...new Set(replies.map((one) => one.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: last.ts,
    reply_users: users,
    is_locked: false,
    subscribed: false,
  };
}
