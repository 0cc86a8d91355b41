import { momentTs } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel } from '../world/types.ts';
import { publish, receivers } from './audience.ts';

/** `member_joined_channel`, after the member was added: to the apps in the channel, the joining one included (§6). */
export function publishMemberJoined(
  sim: Simulator,
  channel: Channel,
  given: { user: string; inviter?: string | undefined },
): void {
  const more = given.inviter === undefined ? {} : { inviter: given.inviter };
  publishMember(sim, channel, given.user, { type: 'member_joined_channel', ...more });
}

/** `member_left_channel`, after the member was removed: a bot that left hears of itself too (§6). */
export function publishMemberLeft(sim: Simulator, channel: Channel, given: { user: string }): void {
  publishMember(sim, channel, given.user, { type: 'member_left_channel' });
}

/** `channel_archive`, `channel_unarchive` or `channel_rename`; a private channel's begin with `group_` (§6). */
export function publishChannelChange(
  sim: Simulator,
  channel: Channel,
  given: { change: 'archive' | 'unarchive' | 'rename'; user: string },
): void {
  const { id, name, created } = channel;
  const type = `${channel.kind === 'channel' ? 'channel' : 'group'}_${given.change}`;
  const what =
    given.change === 'rename' ? { channel: { id, name, created } } : { channel: id, user: given.user };
  const event = { type, ...what, event_ts: momentTs(sim.clock.now()) };
  for (const installation of receivers(sim, channel)) publish(sim, installation, { channel }, event);
}

function publishMember(sim: Simulator, channel: Channel, user: string, event: JsonObject): void {
  const team = sim.world.people.get(user)?.teamId;
  const whole = {
    ...event,
    user,
    channel: channel.id,
    channel_type: channel.kind === 'channel' ? 'C' : 'G',
    team,
    event_ts: momentTs(sim.clock.now()),
  };
  const inIt = receivers(sim, channel, team);
  const itself = sim.world.installations.filter(
    (one) => one.botUserId === user && !one.revoked && !inIt.some((other) => other.appId === one.appId),
  );
  for (const installation of [...inIt, ...itself.slice(0, 1)])
    publish(sim, installation, { channel, team }, whole);
}
