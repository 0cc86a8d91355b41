import { momentTs } from '../ids.ts';
import { type JsonObject, wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel, ChannelKind, Installation, Message } from '../world/types.ts';
import { messageView } from '../world/view.ts';
import { eventEnvelope } from './envelope.ts';

const SUBSCRIPTION: Record<ChannelKind, string> = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
};

/**
 * A post: `message` to every app in the channel, its own author included, and `app_mention` where it mentions the
 * bot outside DMs (§6). Both carry the same ts and different event ids.
 */
export function publishMessage(sim: Simulator, message: Message): void {
  const view = messageView(sim.world, message, { metadata: true });
  toMembers(sim, message.channel, (channel, installation) => {
    const base = { ...view, channel: channel.id, event_ts: message.ts };
    const mentioned = message.text.includes(`<@${installation.botUserId}>`);
    const byItself = message.botId === installation.botId;
    if (mentioned && channel.kind !== 'im' && !byItself) {
      const { client_msg_id, ...rest } = base as JsonObject;
      publish(sim, installation, channel, { ...rest, client_msg_id, type: 'app_mention' }, 'app_mention');
    }
    publish(sim, installation, channel, { ...base, channel_type: channel.kind }, SUBSCRIPTION[channel.kind]);
  });
}

/** An edit: `message_changed` with the message before and after (§6). */
export function publishChanged(sim: Simulator, message: Message, previous: JsonObject): void {
  toMembers(sim, message.channel, (channel, installation) => {
    const ts = momentTs(sim.clock.now());
    const event = {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      message: messageView(sim.world, message, { metadata: true }),
      previous_message: previous,
      channel: channel.id,
      ts,
      event_ts: ts,
      channel_type: channel.kind,
    };
    publish(sim, installation, channel, event, SUBSCRIPTION[channel.kind]);
  });
}

/** A deletion: `message_deleted` (§6). */
export function publishDeleted(sim: Simulator, message: Message, previous: JsonObject): void {
  toMembers(sim, message.channel, (channel, installation) => {
    const ts = momentTs(sim.clock.now());
    const event = {
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      deleted_ts: message.ts,
      previous_message: previous,
      channel: channel.id,
      ts,
      event_ts: ts,
      channel_type: channel.kind,
    };
    publish(sim, installation, channel, event, SUBSCRIPTION[channel.kind]);
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
  publish(sim, installation, channel, event, 'agent_session_stopped');
}

/** `reaction_added` (§6). */
export function publishReaction(
  sim: Simulator,
  message: Message,
  given: { user: string; reaction: string },
): void {
  toMembers(sim, message.channel, (channel, installation) => {
    if (!installation.scopes.includes('reactions:read')) return;
    const event = {
      type: 'reaction_added',
      user: given.user,
      reaction: given.reaction,
      item_user: message.user,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      event_ts: momentTs(sim.clock.now()),
    };
    publish(sim, installation, channel, event, 'reaction_added');
  });
}

/** `app_uninstalled` or `tokens_revoked`: no channel (§6). */
export function publishInstallationEvent(
  sim: Simulator,
  installation: Installation,
  event: JsonObject,
): void {
  publish(sim, installation, undefined, event, String(event.type));
}

function toMembers(
  sim: Simulator,
  channelId: string,
  tell: (channel: Channel, installation: Installation) => void,
): void {
  const channel = sim.world.channels.get(channelId);
  if (!channel) return;
  for (const installation of sim.world.installationsIn(channel)) tell(channel, installation);
}

function publish(
  sim: Simulator,
  installation: Installation,
  channel: Channel | undefined,
  event: JsonObject,
  subscription: string,
): void {
  const app = sim.world.apps.get(installation.appId);
  if (!app?.subscriptions.includes(subscription)) return;
  const given = { now: sim.clock.now(), extShared: channel?.extShared ?? false };
  const envelope = wire(eventEnvelope(app, installation, event, given));
  sim.deliverer.event(app, String(event.type), envelope.event_id, envelope);
}
