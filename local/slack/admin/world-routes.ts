import { Hono } from 'hono';
import { publishInstallationEvent } from '../events/publish.ts';
import type { Simulator } from '../simulator.ts';
import { createApp, createChannel, createPerson, createWorkspace, installApp } from '../world/create.ts';
import type { App, Installation } from '../world/types.ts';
import { BadRequest, bodyOf } from './body.ts';
import * as schemas from './schemas.ts';

/** The app that is meant: the named one, or the first. @throws BadRequest */
export function appOf(sim: Simulator, id: string | undefined): App {
  const app = id === undefined ? [...sim.world.apps.values()][0] : sim.world.apps.get(id);
  if (!app) throw new BadRequest(`no app ${id ?? ''}`);
  return app;
}

/** Routes that change what exists: apps, installations, workspaces, people, channels. */
export function worldRoutes(sim: Simulator): Hono {
  const routes = new Hono();
  const changed = () => sim.changes.emit({ type: 'world' });

  routes.put('/app', async (context) => {
    const { app: id, ...given } = await bodyOf(context, schemas.setApp);
    const app = appOf(sim, id);
    Object.assign(app, withoutUndefined(given));
    changed();
    return context.json(app);
  });

  routes.put('/installation', async (context) => {
    const { app, team, ...given } = await bodyOf(context, schemas.setInstallation);
    const installation = installationOf(sim, app, team);
    const revoking = given.revoked === true && !installation.revoked;
    Object.assign(installation, withoutUndefined(given));
    if (revoking) {
      const tokens = { oauth: [], bot: [installation.botUserId] };
      publishInstallationEvent(sim, installation, { type: 'tokens_revoked', tokens });
      publishInstallationEvent(sim, installation, { type: 'app_uninstalled' });
    }
    changed();
    return context.json(installation);
  });

  routes.post('/workspaces', async (context) => {
    const workspace = createWorkspace(
      sim.world,
      withoutUndefined(await bodyOf(context, schemas.newWorkspace)),
    );
    changed();
    return context.json(workspace, 201);
  });

  routes.post('/people', async (context) => {
    const person = createPerson(sim.world, withoutUndefined(await bodyOf(context, schemas.newPerson)));
    changed();
    return context.json(person, 201);
  });

  routes.post('/apps', async (context) => {
    const app = createApp(sim.world, withoutUndefined(await bodyOf(context, schemas.newApp)));
    return context.json(app, 201);
  });

  routes.post('/installations', async (context) => {
    const { app, ...given } = await bodyOf(context, schemas.newInstallation);
    const installation = installApp(sim.world, appOf(sim, app), withoutUndefined(given));
    changed();
    return context.json(installation, 201);
  });

  routes.post('/channels', async (context) => {
    const channel = createChannel(sim.world, withoutUndefined(await bodyOf(context, schemas.newChannel)));
    changed();
    return context.json({ ...channel, members: [...channel.members] }, 201);
  });

  routes.patch('/channels', async (context) => {
    const given = await bodyOf(context, schemas.changeChannel);
    const channel = sim.world.channels.get(given.channel);
    if (!channel) throw new BadRequest(`no channel ${given.channel}`);
    if (given.archived !== undefined) channel.archived = given.archived;
    if (given.extShared !== undefined) channel.extShared = given.extShared;
    for (const member of given.join ?? []) channel.members.add(member);
    for (const member of given.leave ?? []) channel.members.delete(member);
    changed();
    return context.json({ ...channel, members: [...channel.members] });
  });

  return routes;
}

function installationOf(sim: Simulator, appId: string | undefined, teamId: string | undefined): Installation {
  const app = appOf(sim, appId);
  const found = sim.world.installations.find(
    (one) => one.appId === app.id && (teamId === undefined || one.teamId === teamId),
  );
  if (!found) throw new BadRequest(`app ${app.id} is not installed there`);
  return found;
}

/** zod gives optional members as possibly undefined; ours are absent or there. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
