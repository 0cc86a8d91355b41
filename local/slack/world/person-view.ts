import type { JsonObject } from '../json.ts';
import { sameOrganisation } from './create.ts';
import { zoneLabel, zoneOffsetSeconds } from './time-zone.ts';
import type { Person } from './types.ts';
import type { World } from './world.ts';

/** How a workspace's app knows a person: as one of its own, from a shared channel, or only by hearsay. */
export type Acquaintance = 'own' | 'external' | 'stranger';

/**
 * How well an app knows a person: one of its organisation; one of another that is in a channel with it; one of another
 * in a channel shared with its workspace, but without it (`is_stranger`). Undefined: it cannot see the person.
 */
export function acquaintance(
  world: World,
  person: Person,
  viewer: { userId: string; teamId: string },
): Acquaintance | undefined {
  if (sameOrganisation(world, person.teamId, viewer.teamId)) return 'own';
  const together = [...world.channels.values()].filter(
    (channel) => channel.members.has(person.id) && world.sees(viewer.teamId, channel),
  );
  if (together.some((channel) => channel.members.has(viewer.userId))) return 'external';
  return together.length > 0 ? 'stranger' : undefined;
}

/** A person as `users.info` and `users.list` give one. */
export function personView(
  world: World,
  person: Person,
  given: { now: number; email: boolean; locale: boolean; as: Acquaintance },
): JsonObject {
  const enterpriseId = world.workspaces.get(person.teamId)?.enterpriseId;
  const base = {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deleted,
    real_name: person.realName,
    is_bot: person.isBot,
    is_app_user: false,
    updated: 1_750_000_000,
    ...(enterpriseId === undefined
      ? {}
      : { enterprise_user: { id: person.id, enterprise_id: enterpriseId } }),
  };
  if (given.as === 'stranger') return { ...base, is_stranger: true, profile: profileView(world, person) };
  const zone = {
    tz: person.timeZone,
    tz_label: zoneLabel(person.timeZone, given.now),
    tz_offset: zoneOffsetSeconds(person.timeZone, given.now),
  };
  const known = {
    ...base,
    // A deactivated account has no zone and no standing any more.
    ...(person.deleted ? {} : zone),
    ...(given.locale && !person.deleted ? { locale: person.locale } : {}),
    profile: profileView(world, person, { email: given.email }),
  };
  if (given.as === 'external') return { ...known, is_stranger: false };
  if (person.deleted) return known;
  return {
    ...known,
    is_admin: person.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.isGuest,
    is_ultra_restricted: false,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
}

/** A person's profile; a bot's names its app. */
export function profileView(world: World, person: Person, with_: { email?: boolean } = {}): JsonObject {
  const place = world.installations.find((one) => one.botUserId === person.id);
  return {
    title: person.title,
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: person.displayName,
    display_name_normalized: person.displayName,
    status_text: '',
    status_emoji: '',
    team: person.teamId,
    ...(with_.email && !person.isBot && !person.deleted ? { email: person.email } : {}),
    ...(place ? { bot_id: place.botId, api_app_id: place.appId } : {}),
  };
}
