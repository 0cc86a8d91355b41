import type { Simulator } from '../simulator.ts';
import type { App, Installation } from '../world/types.ts';
import { BadRequest } from './body.ts';

/** The app that is meant: the named one, or the first. @throws BadRequest */
export function appOf(sim: Simulator, id: string | undefined): App {
  const app = id === undefined ? [...sim.world.apps.values()][0] : sim.world.apps.get(id);
  if (!app) throw new BadRequest(`no app ${id ?? ''}`);
  return app;
}

/** Where an app is: in the named workspace, or the first. @throws BadRequest */
export function installationOf(
  sim: Simulator,
  appId: string | undefined,
  teamId: string | undefined,
): Installation {
  const app = appOf(sim, appId);
  const found = sim.world.installations.find(
    (one) => one.appId === app.id && (teamId === undefined || one.teamId === teamId),
  );
  if (!found) throw new BadRequest(`app ${app.id} is not installed there`);
  return found;
}

/** What a map holds under an id. @throws BadRequest naming what there is none of */
export function found<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const value = map.get(id);
  if (value === undefined) throw new BadRequest(`no ${what} ${id}`);
  return value;
}

/** zod gives optional members as possibly undefined; ours are absent or there. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
