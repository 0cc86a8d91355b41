import type { ResolvedOptions } from '../options.ts';
import { createApp, createChannel, createPerson, createWorkspace, installApp } from './create.ts';
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
  },
  channels: {
    general: 'C0GENERAL00',
    team: 'C0TEAM00000',
    announcements: 'C0ANNOUNCE0',
    private: 'C0PRIVATE00',
  },
} as const;

const PEOPLE = [
  { id: SEED.people.requester, name: 'requester', timeZone: 'Europe/Berlin' },
  { id: SEED.people.reviewer, name: 'reviewer', timeZone: 'America/New_York' },
  { id: SEED.people.operator, name: 'operator', timeZone: 'Asia/Tokyo' },
  { id: SEED.people.guest, name: 'guest', timeZone: 'Etc/UTC', isGuest: true },
];

/** Fills an empty world: one workspace, one app, four people, four channels, a DM each. */
export function seedWorld(world: World, options: ResolvedOptions): void {
  const { id: teamId } = createWorkspace(world, { id: SEED.team, name: 'Sluice', domain: 'sluice-local' });
  const app = createApp(world, {
    id: SEED.app,
    name: 'sluice',
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
}
