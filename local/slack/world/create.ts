import { hex, newId } from '../ids.ts';
import type { App, Channel, ChannelKind, Enterprise, Person, UserGroup, Workspace } from './types.ts';
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

/** Adds an organisation. */
export function createEnterprise(world: World, given: Partial<Enterprise> & { name: string }): Enterprise {
  const { id = newId('E'), name, domain = domainOf(name) } = given;
  const enterprise = { id, name, domain };
  world.enterprises.set(id, enterprise);
  return enterprise;
}

/** Adds a workspace, alone or of an organisation. */
export function createWorkspace(world: World, given: Partial<Workspace> & { name: string }): Workspace {
  const { id = newId('T'), name, domain = domainOf(name), enterpriseId } = given;
  const workspace = { id, name, domain, ...(enterpriseId === undefined ? {} : { enterpriseId }) };
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
    realName: given.realName ?? given.displayName ?? given.name,
    email:
      given.email ?? `${given.name}@${world.workspaces.get(given.teamId)?.domain ?? 'workspace'}.example`,
    locale: given.locale ?? 'en-US',
    title: given.title ?? '',
    isAdmin: given.isAdmin ?? false,
    timeZone: given.timeZone ?? 'Etc/UTC',
    deleted: given.deleted ?? false,
    isGuest: given.isGuest ?? false,
    isBot: given.isBot ?? false,
  };
  world.people.set(person.id, person);
  if (!person.isBot && !person.deleted) {
    const bots = world.installations.filter((one) => one.teamId === person.teamId && one.botUserId !== '');
    for (const { botUserId } of bots) createDm(world, person, botUserId);
  }
  return person;
}

/** Adds an app without installing it anywhere. */
export function createApp(world: World, given: Partial<App> & Pick<App, 'name' | 'signingSecret'>): App {
  const app: App = {
    id: given.id ?? newId('A'),
    name: given.name,
    botName: given.botName ?? given.name,
    description: given.description ?? '',
    manifest: given.manifest ?? null,
    clientId: given.clientId ?? `${digits(13)}.${digits(13)}`,
    clientSecret: given.clientSecret ?? hex(32),
    redirectUrls: given.redirectUrls ?? [],
    botScopes: given.botScopes ?? [...DEFAULT_SCOPES],
    userScopes: given.userScopes ?? [],
    tokenRotation: given.tokenRotation ?? false,
    orgDeploy: given.orgDeploy ?? false,
    pkce: given.pkce ?? false,
    homeTab: given.homeTab ?? true,
    messagesTab: given.messagesTab ?? true,
    messagesTabReadOnly: given.messagesTabReadOnly ?? false,
    commands: given.commands ?? [],
    shortcuts: given.shortcuts ?? [],
    optionsUrl: given.optionsUrl ?? null,
    suggestedPrompts: given.suggestedPrompts ?? [],
    distribution: given.distribution ?? 'internal',
    delayedEvents: given.delayedEvents ?? false,
    eventsDisabled: given.eventsDisabled ?? false,
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

/** Adds a user group. */
export function createUserGroup(
  world: World,
  given: Partial<UserGroup> & { teamId: string; handle: string },
): UserGroup {
  const group: UserGroup = {
    id: given.id ?? newId('S'),
    teamId: given.teamId,
    handle: given.handle,
    name: given.name ?? given.handle,
    members: given.members ?? [],
    deleted: given.deleted ?? false,
  };
  world.userGroups.set(group.id, group);
  return group;
}

const ID_PREFIX: Record<ChannelKind, string> = { channel: 'C', group: 'C', im: 'D', mpim: 'G' };

/** Adds a channel with the given members. */
export function createChannel(
  world: World,
  given: {
    id?: string;
    teamId: string;
    name: string;
    kind?: ChannelKind;
    members: string[];
    topic?: string;
    purpose?: string;
    created?: number;
    creator?: string;
    sharedWith?: string[];
    extShared?: boolean;
    postingRestricted?: boolean;
  },
): Channel {
  const kind = given.kind ?? 'channel';
  const sharedWith = given.sharedWith ?? [];
  const channel: Channel = {
    id: given.id ?? newId(ID_PREFIX[kind]),
    teamId: given.teamId,
    kind,
    name: given.name,
    members: new Set(given.members),
    archived: false,
    previousNames: [],
    topic: given.topic ?? '',
    purpose: given.purpose ?? '',
    created: given.created ?? 1_750_000_000,
    creator: given.creator ?? given.members[0] ?? 'USLACKBOT',
    sharedWith,
    extShared: given.extShared ?? sharedWith.some((team) => !sameOrganisation(world, given.teamId, team)),
    postingRestricted: given.postingRestricted ?? false,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** The DM of a person and a bot: the one there is, or a new one. */
export function createDm(world: World, person: Person, botUserId: string): Channel {
  const known = world.dm(person.id, botUserId);
  if (known) return known;
  // People of the seed have readable ids; their DM takes the same one, so that logs can be read.
  const readable = `D${person.id.slice(1)}`;
  const id = world.channels.has(readable) ? newId('D') : readable;
  return createChannel(world, {
    id,
    teamId: person.teamId,
    kind: 'im',
    name: person.name,
    members: [person.id, botUserId],
  });
}

/** Whether two workspaces belong to the same organisation; a workspace alone is its own. */
export function sameOrganisation(world: World, one: string, other: string): boolean {
  const enterprise = world.workspaces.get(one)?.enterpriseId;
  return (
    one === other || (enterprise !== undefined && enterprise === world.workspaces.get(other)?.enterpriseId)
  );
}

function domainOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

function digits(length: number): string {
  return Array.from({ length }, () => 1 + Math.floor(Math.random() * 9)).join('');
}
