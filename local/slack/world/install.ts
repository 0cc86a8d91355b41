import { hex, newId } from '../ids.ts';
import { createDm, createPerson } from './create.ts';
import type { App, Installation } from './types.ts';
import type { World } from './world.ts';

type Place = Partial<Omit<Installation, 'appId' | 'revoked'>> & {
  teamId: string;
  /** False where only a person's token was asked for: no bot user is made. Default true. */
  withBot?: boolean;
};

/**
 * An app's place in a workspace: a new one, or the one there is or was. A re-install keeps the bot user, its ids and
 * its DMs; channels it was in before an uninstall it must be invited to again.
 */
export function placeApp(world: World, app: App, given: Place): Installation {
  const enterpriseId = given.enterpriseId ?? world.workspaces.get(given.teamId)?.enterpriseId ?? null;
  const isEnterpriseInstall = given.isEnterpriseInstall ?? false;
  let place = world.installations.find(
    (one) =>
      one.appId === app.id && one.teamId === given.teamId && one.isEnterpriseInstall === isEnterpriseInstall,
  );
  if (!place) {
    place = {
      appId: app.id,
      teamId: given.teamId,
      enterpriseId,
      isEnterpriseInstall,
      botUserId: '',
      botId: '',
      botToken: '',
      scopes: [],
      installedBy: null,
      revoked: false,
    };
    world.installations.push(place);
  }
  if (place.revoked) {
    // What was uninstalled begins anew: no token and no scope of before.
    for (const token of world.tokens.values()) {
      if (world.installationsOf(token).includes(place)) token.ended ??= 'token_revoked';
    }
    Object.assign(place, { revoked: false, botToken: '', scopes: [] });
  }
  place.installedBy = given.installedBy ?? place.installedBy;
  if (given.withBot ?? true) addBot(world, app, place, given);
  return place;
}

function addBot(world: World, app: App, place: Installation, given: Place): void {
  if (place.botUserId === '') {
    place.botUserId = given.botUserId ?? newId('U');
    place.botId = given.botId ?? newId('B');
  }
  const bot = world.people.get(place.botUserId);
  if (bot) bot.deleted = false;
  else {
    const name = app.botName.toLowerCase().replaceAll(/[^a-z0-9_.-]+/g, '-');
    const names = { name, displayName: app.botName };
    createPerson(world, { id: place.botUserId, teamId: place.teamId, ...names, isBot: true });
  }
  for (const person of [...world.people.values()]) {
    const wanted = person.teamId === place.teamId && !person.isBot && !person.deleted;
    if (wanted) createDm(world, person, place.botUserId);
  }
}

/** Installs an app into a workspace without OAuth: bot user, bot id, a token that does not expire, a DM with each person. */
export function installApp(world: World, app: App, given: Place): Installation {
  const place = placeApp(world, app, given);
  grant(world, app, [place], given);
  return place;
}

/** Installs an app for an organisation without OAuth: the same bot and token in each of its workspaces (§8). */
export function installOrgWide(
  world: World,
  app: App,
  given: { enterpriseId: string; botToken?: string; scopes?: string[] },
): Installation[] {
  const places: Installation[] = [];
  for (const workspace of world.workspaces.values()) {
    if (workspace.enterpriseId !== given.enterpriseId) continue;
    const [first] = places;
    const bot = first ? { botUserId: first.botUserId, botId: first.botId } : {};
    const where = { teamId: workspace.id, enterpriseId: given.enterpriseId, isEnterpriseInstall: true };
    places.push(placeApp(world, app, { ...where, ...bot }));
  }
  grant(world, app, places, given);
  return places;
}

/** Gives the places of an install their scopes and their one token. */
function grant(
  world: World,
  app: App,
  places: readonly Installation[],
  given: { botToken?: string; scopes?: string[] },
): void {
  const [first] = places;
  if (!first) return;
  const orgWide = first.isEnterpriseInstall;
  const where = orgWide ? first.enterpriseId : first.teamId;
  const botToken = given.botToken ?? `xoxb-${where}-${app.id}-${hex(24)}`;
  const scopes = given.scopes ?? [...app.botScopes];
  for (const place of places) Object.assign(place, { botToken, scopes });
  world.tokens.set(botToken, {
    token: botToken,
    kind: 'bot',
    appId: app.id,
    teamId: orgWide ? null : first.teamId,
    enterpriseId: first.enterpriseId,
    userId: first.botUserId,
    scopes,
    expiresAt: null,
    ended: null,
  });
}

/** Takes an app out of its places: its tokens die, its bot is deleted and leaves its channels; DMs stay to be read. */
export function removeApp(world: World, places: readonly Installation[]): void {
  for (const place of places) {
    place.revoked = true;
    for (const token of world.tokens.values()) {
      const here = world.installationsOf(token).includes(place);
      if (here && token.ended === null) token.ended = 'account_inactive';
    }
    const elsewhere = world.installations.some((one) => !one.revoked && one.botUserId === place.botUserId);
    if (place.botUserId === '' || elsewhere) continue;
    const bot = world.people.get(place.botUserId);
    if (bot) bot.deleted = true;
    for (const channel of world.channels.values()) {
      if (channel.kind !== 'im') channel.members.delete(place.botUserId);
    }
  }
}
