import type { ResolvedOptions } from '../options.ts';
import { createApp, createChannel, createPerson, createUserGroup, createWorkspace } from './create.ts';
import { installApp } from './install.ts';
import type { World } from './world.ts';

/** Ids of the world that every simulator starts with. */
export const SEED = {
  team: 'T0SLUICE001',
  app: 'A0SLUICE001',
  botUser: 'U0SLUICE001',
  bot: 'B0SLUICE001',
  botToken: 'xoxb-local-T0SLUICE001-A0SLUICE001',
  people: {
    requester: 'U0REQUESTER',
    reviewer: 'U0REVIEWER0',
    operator: 'U0OPERATOR0',
    guest: 'U0GUEST0000',
    /** Of the partner's workspace. */
    partner: 'U0PARTNER00',
    /** Deactivated. */
    former: 'U0LEFT00000',
  },
  channels: {
    general: 'C0GENERAL00',
    team: 'C0TEAM00000',
    announcements: 'C0ANNOUNCE0',
    private: 'C0PRIVATE00',
    /** Shared with the partner's workspace, which belongs to another organisation. */
    shared: 'C0SHARED000',
    /** A group DM of requester, reviewer and the bot. */
    group: 'G0GROUP0000',
  },
  partnerTeam: 'T0PARTNER01',
  userGroup: 'S0ONCALL000',
  clientId: '1000000000001.1000000000002',
  clientSecret: 'sluice-local-client-secret',
} as const;

const PEOPLE = [
  { id: SEED.people.requester, name: 'requester', timeZone: 'Europe/Berlin' },
  { id: SEED.people.reviewer, name: 'reviewer', timeZone: 'America/New_York' },
  { id: SEED.people.operator, name: 'operator', timeZone: 'Asia/Tokyo' },
  { id: SEED.people.guest, name: 'guest', timeZone: 'Etc/UTC', isGuest: true },
];

const SHORTCUTS = [
  { name: 'Ask Sluice', type: 'message', callbackId: 'ask_agent', description: 'Ask about this message' },
  { name: 'New request', type: 'global', callbackId: 'new_request', description: 'Write a new request' },
] as const;

/**
 * Fills an empty world: a workspace with four people, one who left, their channels and DMs, a user group and the app;
 * and a partner's workspace with one person and a shared channel.
 */
export function seedWorld(world: World, options: ResolvedOptions): void {
  const { id: teamId } = createWorkspace(world, { id: SEED.team, name: 'Sluice', domain: 'sluice-local' });
  const app = createApp(world, {
    id: SEED.app,
    name: 'sluice',
    description: 'An agent that works in your threads and asks before it acts',
    clientId: SEED.clientId,
    clientSecret: SEED.clientSecret,
    commands: [
      { command: '/sluice', url: null, description: 'Ask Sluice', usageHint: '[ask]', shouldEscape: true },
    ],
    shortcuts: SHORTCUTS.map((shortcut) => ({ ...shortcut })),
    signingSecret: options.signingSecret,
    verificationToken: 'sluice-verification-token',
    eventsUrl: options.eventsUrl,
    interactionsUrl: options.interactionsUrl,
  });
  for (const person of PEOPLE) createPerson(world, { ...person, teamId });
  const bot = installApp(world, app, {
    teamId,
    botUserId: SEED.botUser,
    botId: SEED.bot,
    botToken: SEED.botToken,
  });
  const everybody = PEOPLE.map((person) => person.id);
  const withBot = [...everybody, bot.botUserId];
  createChannel(world, { id: SEED.channels.general, teamId, name: 'general', members: withBot });
  createChannel(world, { id: SEED.channels.team, teamId, name: 'team', members: withBot });
  createChannel(world, { id: SEED.channels.announcements, teamId, name: 'announcements', members: withBot });
  createChannel(world, {
    id: SEED.channels.private,
    teamId,
    kind: 'group',
    name: 'private-without-bot',
    members: everybody,
  });
  seedOthers(world, teamId);
}

/** Whom the ordinary scenes do not meet: the partner, the group DM, the one who left, the group on call. */
function seedOthers(world: World, teamId: string): void {
  const { requester, reviewer, operator, partner, former } = SEED.people;
  createPerson(world, { id: former, teamId, name: 'former', deleted: true });
  createUserGroup(world, {
    id: SEED.userGroup,
    teamId,
    handle: 'oncall',
    name: 'On call',
    members: [reviewer, operator],
  });
  createChannel(world, {
    id: SEED.channels.group,
    teamId,
    kind: 'mpim',
    name: 'mpdm-requester--reviewer--sluice-1',
    members: [requester, reviewer, SEED.botUser],
  });
  createWorkspace(world, { id: SEED.partnerTeam, name: 'Partner', domain: 'partner-local' });
  createPerson(world, { id: partner, teamId: SEED.partnerTeam, name: 'partner', timeZone: 'Europe/London' });
  createChannel(world, {
    id: SEED.channels.shared,
    teamId,
    name: 'shared-with-partner',
    sharedWith: [SEED.partnerTeam],
    members: [requester, reviewer, SEED.botUser, partner],
  });
}
