import { publishMemberJoined, publishMemberLeft } from '../events/publish-channel.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel } from './types.ts';

/** Adds a member and tells the apps in the channel; false when the member was there. */
export function join(sim: Simulator, channel: Channel, user: string, inviter?: string): boolean {
  if (channel.members.has(user)) return false;
  channel.members.add(user);
  publishMemberJoined(sim, channel, { user, inviter });
  sim.changes.emit({ type: 'world' });
  return true;
}

/** Takes a member out and tells the apps in the channel; false when there was no such member. */
export function leave(sim: Simulator, channel: Channel, user: string): boolean {
  if (!channel.members.delete(user)) return false;
  publishMemberLeft(sim, channel, { user });
  sim.changes.emit({ type: 'world' });
  return true;
}
