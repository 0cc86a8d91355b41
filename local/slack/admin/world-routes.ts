import { Hono } from 'hono';
import { publishChannelChange } from '../events/publish-channel.ts';
import type { Simulator } from '../simulator.ts';
import {
  createChannel,
  createEnterprise,
  createPerson,
  createUserGroup,
  createWorkspace,
  sameOrganisation,
} from '../world/create.ts';
import { join, leave } from '../world/membership.ts';
import type { Channel, Person } from '../world/types.ts';
import { bodyOf } from './body.ts';
import { found, withoutUndefined } from './find.ts';
import type { AdminChannel } from './types.ts';
import * as schemas from './world-schemas.ts';

/** Routes that change what exists: organisations, workspaces, people, user groups, channels. */
export function worldRoutes(sim: Simulator): Hono {
  const routes = new Hono();
  const { world } = sim;
  const changed = () => sim.changes.emit({ type: 'world' });

  routes.post('/enterprises', async (context) => {
    const given = await bodyOf(context, schemas.newEnterprise);
    const enterprise = createEnterprise(world, withoutUndefined(given));
    changed();
    return context.json(enterprise, 201);
  });

  routes.post('/workspaces', async (context) => {
    const given = await bodyOf(context, schemas.newWorkspace);
    if (given.enterpriseId !== undefined) found(world.enterprises, given.enterpriseId, 'organisation');
    const workspace = createWorkspace(world, withoutUndefined(given));
    changed();
    return context.json(workspace, 201);
  });

  routes.post('/people', async (context) => {
    const given = await bodyOf(context, schemas.newPerson);
    found(world.workspaces, given.teamId, 'workspace');
    const person = createPerson(world, withoutUndefined(given));
    changed();
    return context.json(person, 201);
  });

  routes.patch('/people', async (context) => {
    const { user, ...given } = await bodyOf(context, schemas.changePerson);
    const person = found(world.people, user, 'person');
    if (given.deleted && !person.deleted) leaveAll(sim, person);
    Object.assign(person, withoutUndefined(given));
    changed();
    return context.json(person);
  });

  routes.post('/user-groups', async (context) => {
    const given = await bodyOf(context, schemas.newUserGroup);
    found(world.workspaces, given.teamId, 'workspace');
    for (const member of given.members ?? []) found(world.people, member, 'person');
    const group = createUserGroup(world, withoutUndefined(given));
    changed();
    return context.json(group, 201);
  });

  routes.patch('/user-groups', async (context) => {
    const { group: id, ...given } = await bodyOf(context, schemas.changeUserGroup);
    const group = found(world.userGroups, id, 'user group');
    for (const member of given.members ?? []) found(world.people, member, 'person');
    Object.assign(group, withoutUndefined(given));
    changed();
    return context.json(group);
  });

  routes.post('/channels', async (context) => {
    const given = await bodyOf(context, schemas.newChannel);
    for (const team of [given.teamId, ...(given.sharedWith ?? [])])
      found(world.workspaces, team, 'workspace');
    for (const member of given.members) found(world.people, member, 'person');
    const channel = createChannel(world, withoutUndefined(given));
    changed();
    return context.json(shown(channel), 201);
  });

  routes.patch('/channels', async (context) => {
    const {
      channel: id,
      join: joining,
      leave: leaving,
      ...given
    } = await bodyOf(context, schemas.changeChannel);
    const channel = found(world.channels, id, 'channel');
    for (const member of joining ?? []) found(world.people, member, 'person');
    change(sim, channel, given);
    for (const member of joining ?? []) join(sim, channel, member);
    for (const member of leaving ?? []) leave(sim, channel, member);
    changed();
    return context.json(shown(channel));
  });

  return routes;
}

/** Who is deactivated is in no channel any more; DMs stay to be read. */
function leaveAll(sim: Simulator, person: Person): void {
  for (const channel of sim.world.channels.values()) {
    if (channel.kind !== 'im') channel.members.delete(person.id);
  }
}

type ChannelChange = Omit<ReturnType<typeof schemas.changeChannel.parse>, 'channel' | 'join' | 'leave'>;

function change(sim: Simulator, channel: Channel, given: ChannelChange): void {
  const { archived, name, sharedWith } = given;
  if (sharedWith) {
    for (const team of sharedWith) found(sim.world.workspaces, team, 'workspace');
    channel.extShared = sharedWith.some((team) => !sameOrganisation(sim.world, channel.teamId, team));
  }
  const before = { archived: channel.archived, name: channel.name };
  Object.assign(channel, withoutUndefined(given));
  if (sharedWith) dropStrangers(sim, channel);
  const tell = (what: 'archive' | 'unarchive' | 'rename') =>
    publishChannelChange(sim, channel, { change: what, user: channel.creator });
  if (archived !== undefined && archived !== before.archived) tell(archived ? 'archive' : 'unarchive');
  if (name !== undefined && name !== before.name) {
    channel.previousNames.unshift(before.name);
    tell('rename');
  }
}

/** Members whose workspace no longer sees a channel are out of it. */
function dropStrangers({ world }: Simulator, channel: Channel): void {
  for (const member of channel.members) {
    const team = world.people.get(member)?.teamId ?? channel.teamId;
    const ours = world.sees(team, channel) || sameOrganisation(world, team, channel.teamId);
    if (!ours) channel.members.delete(member);
  }
}

function shown(channel: Channel): AdminChannel {
  return { ...channel, members: [...channel.members] };
}
