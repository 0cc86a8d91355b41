import { hex, momentTs } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel, ChannelKind, Installation, Message } from '../world/types.ts';
import { messageView } from '../world/view.ts';
import { publish, receivers } from './audience.ts';

const SUBSCRIPTION: Record<ChannelKind, string> = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
};

/**
 * A post: `message` to every app in the channel, its own author included, and `app_mention` where it mentions the
 * bot outside DMs (§6). Both carry the same ts and different event ids.
 */
export function publishMessage(sim: Simulator, message: Message): void {
  const channel = sim.world.channels.get(message.channel);
  if (!channel) return;
  publishMention(sim, channel, message, () => true);
  const view = { ...newMessageView(sim, message), channel: channel.id, event_ts: message.ts };
  for (const installation of receivers(sim, channel, message.teamId)) {
    const event = { ...view, ...contextOf(sim, channel, message, installation) };
    sendMessage(sim, installation, { channel, team: message.teamId }, event);
  }
  if (sim.options.threadBookkeeping) publishBookkeeping(sim, message);
}

/** An edit: `message_changed` with the message before and after, and `app_mention` if it adds the mention (§6). */
export function publishChanged(sim: Simulator, message: Message, previous: JsonObject): void {
  const after = messageView(sim.world, message, { metadata: true });
  const before = String(previous.text);
  publishHidden(sim, message, {
    subtype: 'message_changed',
    message: after,
    previous_message: previous,
  });
  const channel = sim.world.channels.get(message.channel);
  if (channel) publishMention(sim, channel, message, (mention) => !before.includes(mention));
}

/** A deletion: `message_deleted` (§6). */
export function publishDeleted(sim: Simulator, message: Message, previous: JsonObject): void {
  publishHidden(sim, message, {
    subtype: 'message_deleted',
    deleted_ts: message.ts,
    previous_message: previous,
  });
}

/** `agent_session_stopped`, to the app whose streams were stopped (§6, §1.8). */
export function publishStopped(
  sim: Simulator,
  installation: Installation,
  channel: Channel,
  given: { user: string; threadTs: string; streams: string[] },
): void {
  const event = {
    type: 'agent_session_stopped',
    channel: channel.id,
    user: given.user,
    thread_ts: given.threadTs,
    streaming_message_ts: given.streams,
    event_ts: momentTs(sim.clock.now()),
  };
  publish(sim, installation, { channel }, event);
}

/** `reaction_added`, or `reaction_removed` with `removed` (§6). */
export function publishReaction(
  sim: Simulator,
  message: Message,
  given: { user: string; reaction: string; removed?: boolean },
): void {
  const channel = sim.world.channels.get(message.channel);
  if (!channel) return;
  const team = sim.world.people.get(given.user)?.teamId;
  const event = {
    type: given.removed ? 'reaction_removed' : 'reaction_added',
    user: given.user,
    reaction: given.reaction,
    item_user: message.user,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    event_ts: momentTs(sim.clock.now()),
  };
  for (const installation of receivers(sim, channel, team))
    publish(sim, installation, { channel, team }, event);
}

/** `app_uninstalled` or `tokens_revoked`: no channel (§6). */
export function publishInstallationEvent(
  sim: Simulator,
  installation: Installation,
  event: JsonObject,
): void {
  publish(sim, installation, {}, event);
}

/** `app_mention` to each bot that the message mentions, where `counts` says that the mention is new (§6). */
function publishMention(
  sim: Simulator,
  channel: Channel,
  message: Message,
  counts: (mention: string) => boolean,
): void {
  if (channel.kind === 'im') return;
  const mentioned = sim.world.installationsIn(channel).filter(({ botUserId, botId }) => {
    const mention = `<@${botUserId}>`;
    return message.text.includes(mention) && counts(mention) && message.botId !== botId;
  });
  // It carries files but no subtype (§6 app_mention).
  const { subtype: _subtype, ...view } = messageView(sim.world, message, { metadata: true });
  // An org-wide install is one entry per workspace with the same bot: it is told once.
  for (const installations of Map.groupBy(mentioned, (one) => one.botUserId).values()) {
    const installation = installations.find((one) => one.teamId === message.teamId) ?? installations[0];
    const event = { ...view, type: 'app_mention', channel: channel.id, event_ts: message.ts };
    if (installation) publish(sim, installation, { channel, team: message.teamId }, event);
  }
}

/** What a new message carries beyond what history gives: the subtype of files, the root of a broadcast (§6). */
function newMessageView(sim: Simulator, message: Message): JsonObject {
  const view = messageView(sim.world, message, { metadata: true });
  if (message.files?.length && message.subtype === undefined) {
    Object.assign(view, { subtype: 'file_share', upload: false });
  }
  if (message.subtype === 'thread_broadcast' && message.threadTs !== undefined) {
    const root = sim.world.message(message.channel, message.threadTs);
    if (root) view.root = messageView(sim.world, root);
  }
  return view;
}

/** What comes along in an agent's DM: what the person looks at, and a token for searching (§6, §10.4). */
function contextOf(sim: Simulator, channel: Channel, message: Message, { appId }: Installation): JsonObject {
  if (channel.kind !== 'im' || message.botId !== undefined) return {};
  const entities = sim.appContexts.of(message.user, appId);
  const isAgent = sim.world.apps.get(appId)?.isAgent === true;
  return {
    ...(entities.length > 0 ? { app_context: { entities } } : {}),
    ...(isAgent ? { assistant_thread: { action_token: `${message.ts}.${hex(24)}` } } : {}),
  };
}

function publishHidden(sim: Simulator, message: Message, given: JsonObject): void {
  const channel = sim.world.channels.get(message.channel);
  if (!channel) return;
  const ts = momentTs(sim.clock.now());
  const event = { type: 'message', hidden: true, ...given, channel: channel.id, ts, event_ts: ts };
  for (const installation of receivers(sim, channel, message.teamId)) {
    sendMessage(sim, installation, { channel, team: message.teamId }, event);
  }
}

/** A `message` event: by its kind of channel; a DM also as `app_home` to who subscribed to that older name (§6). */
function sendMessage(
  sim: Simulator,
  installation: Installation,
  place: { channel: Channel; team: string },
  event: JsonObject,
): void {
  const { kind } = place.channel;
  publish(sim, installation, place, { ...event, channel_type: kind }, SUBSCRIPTION[kind]);
  if (kind === 'im')
    publish(sim, installation, place, { ...event, channel_type: 'app_home' }, 'message.app_home');
}

/** The `message_changed` of a parent whose thread grew (§6); an option, as it is not said when Slack sends it. */
function publishBookkeeping(sim: Simulator, reply: Message): void {
  const { threadTs } = reply;
  const parent =
    threadTs === undefined || threadTs === reply.ts ? undefined : sim.world.message(reply.channel, threadTs);
  if (!parent) return;
  const after = messageView(sim.world, parent);
  const { reply_count, latest_reply, ...rest } = after;
  const before = Number(reply_count) > 1 ? { ...rest, reply_count: Number(reply_count) - 1 } : rest;
  publishHidden(sim, parent, { subtype: 'message_changed', message: after, previous_message: before });
}
