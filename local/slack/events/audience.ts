import { type JsonObject, wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Channel, Installation } from '../world/types.ts';
import { eventEnvelope } from './envelope.ts';
import { eventScope } from './scopes.ts';

/** What an event belongs to. */
export type EventPlace = {
  channel?: Channel | undefined;
  /** The workspace of whoever caused it, where that can be another one than the receiver's (§6 `team_id`). */
  team?: string | undefined;
};

/**
 * Who hears of what happens in a channel: each app whose bot is in it, once, even where several of its installations
 * see the channel (§6 `authorizations`). Of those the one of the author's workspace is taken, else the channel's.
 */
export function receivers(sim: Simulator, channel: Channel, authorTeam?: string): Installation[] {
  const byApp = Map.groupBy(sim.world.installationsIn(channel), (one) => one.appId);
  return [...byApp.values()].flatMap((installations) => {
    const of = (team: string | undefined) => installations.find((one) => one.teamId === team);
    return of(authorTeam) ?? of(channel.teamId) ?? installations[0] ?? [];
  });
}

/** Sends an event to an app that subscribed to it and holds its scope (§6). */
export function publish(
  sim: Simulator,
  installation: Installation,
  place: EventPlace,
  event: JsonObject,
  subscription: string = String(event.type),
): void {
  const { channel } = place;
  const app = sim.world.apps.get(installation.appId);
  if (!app?.subscriptions.includes(subscription)) return;
  const scope = eventScope(subscription, channel?.kind);
  if (scope !== undefined && !installation.scopes.includes(scope)) return;
  const given = { now: sim.clock.now(), extShared: channel?.extShared ?? false, team: place.team };
  const envelope = wire(eventEnvelope(app, installation, event, given));
  sim.deliverer.event(app, installation.teamId, String(event.type), envelope.event_id, envelope);
}
