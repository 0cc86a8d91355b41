import { newId } from '../ids.ts';
import type { App, Channel, ChannelKind, Installation, Person, Workspace } from './types.ts';
import type { World } from './world.ts';

/** Scopes of a bot as the manifest of §9 asks for them, and what the page's reactions need. */
export const DEFAULT_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'groups:history',
  'im:history',
  'mpim:history',
  'channels:read',
  'groups:read',
  'im:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'reactions:read',
  'reactions:write',
  'users:read',
];

/** Bot events an agent app subscribes to (§9). */
export const DEFAULT_SUBSCRIPTIONS = [
  'agent_session_stopped',
  'agent_session_title_changed',
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'tokens_revoked',
  'reaction_added',
];

/** Adds a workspace. */
export function createWorkspace(world: World, given: Partial<Workspace> & { name: string }): Workspace {
  const workspace = {
    id: given.id ?? newId('T'),
    name: given.name,
    domain: given.domain ?? given.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
  };
  world.workspaces.set(workspace.id, workspace);
  return workspace;
}

/** Adds a person, and a DM with every app of the workspace. */
export function createPerson(
  world: World,
  given: Partial<Person> & { teamId: string; name: string; dmIds?: Record<string, string> },
): Person {
  const person: Person = {
    id: given.id ?? newId('U'),
    teamId: given.teamId,
    name: given.name,
    displayName: given.displayName ?? given.name,
    timeZone: given.timeZone ?? 'Etc/UTC',
    deleted: given.deleted ?? false,
    isGuest: given.isGuest ?? false,
    isBot: given.isBot ?? false,
  };
  world.people.set(person.id, person);
  if (!person.isBot) {
    for (const installation of world.installations.filter((one) => one.teamId === person.teamId)) {
      createDm(world, person, installation);
    }
  }
  return person;
}

/** Adds an app without installing it anywhere. */
export function createApp(world: World, given: Partial<App> & Pick<App, 'name' | 'signingSecret'>): App {
  const app: App = {
    id: given.id ?? newId('A'),
    name: given.name,
    isAgent: given.isAgent ?? true,
    signingSecret: given.signingSecret,
    verificationToken: given.verificationToken ?? newId('v', 24),
    eventsUrl: given.eventsUrl ?? null,
    interactionsUrl: given.interactionsUrl ?? null,
    subscriptions: given.subscriptions ?? [...DEFAULT_SUBSCRIPTIONS],
  };
  world.apps.set(app.id, app);
  return app;
}

/** Installs an app into a workspace: bot user, bot id, token, and a DM with each person. */
export function installApp(
  world: World,
  app: App,
  given: Partial<Installation> & { teamId: string },
): Installation {
  const botUserId = given.botUserId ?? newId('U');
  const installation: Installation = {
    appId: app.id,
    teamId: given.teamId,
    botUserId,
    botId: given.botId ?? newId('B'),
    botToken: given.botToken ?? `xoxb-${given.teamId}-${app.id}-${newId('', 24)}`,
    scopes: given.scopes ?? [...DEFAULT_SCOPES],
    revoked: false,
  };
  world.installations.push(installation);
  createPerson(world, { id: botUserId, teamId: given.teamId, name: app.name, isBot: true });
  for (const person of [...world.people.values()]) {
    if (person.teamId === given.teamId && !person.isBot) createDm(world, person, installation);
  }
  return installation;
}

/** Adds a channel with the given members. */
export function createChannel(
  world: World,
  given: {
    id?: string;
    teamId: string;
    name: string;
    kind?: ChannelKind;
    members: string[];
    extShared?: boolean;
  },
): Channel {
  const kind = given.kind ?? 'channel';
  const channel: Channel = {
    id: given.id ?? newId(kind === 'im' ? 'D' : 'C'),
    teamId: given.teamId,
    kind,
    name: given.name,
    members: new Set(given.members),
    archived: false,
    extShared: given.extShared ?? false,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

function createDm(world: World, person: Person, installation: Installation): void {
  // People of the seed have readable ids; their DM takes the same one, so that logs can be read.
  const readable = `D${person.id.slice(1)}`;
  const id = world.channels.has(readable) ? newId('D') : readable;
  createChannel(world, {
    id,
    teamId: person.teamId,
    kind: 'im',
    name: person.name,
    members: [person.id, installation.botUserId],
  });
}
