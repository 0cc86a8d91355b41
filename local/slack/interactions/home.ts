import { publishContextChanged, publishHomeOpened } from '../events/publish-app.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { viewObject } from '../views/view-object.ts';
import type { App, Channel, Installation, Person } from '../world/types.ts';
import { ActError } from './act-error.ts';
import { installationFor, personOf } from './who.ts';

/** A person's DM with an app. @throws ActError */
export function appDm(
  sim: Simulator,
  user: string,
  appId: string | undefined,
): { person: Person; app: App; installation: Installation; channel: Channel } {
  const person = personOf(sim, user);
  const { app, installation } = installationFor(sim, person, appId);
  const channel = sim.world.dm(person.id, installation.botUserId);
  if (!channel) throw new ActError(`${person.name} has no conversation with ${app.name}`);
  return { person, app, installation, channel };
}

/** Opens a tab of an app's home: `app_home_opened` with the home that was published, if any (§6, §10.4). */
export function openHome(
  sim: Simulator,
  request: { user: string; app?: string | undefined; tab: 'home' | 'messages' },
): void {
  const { person, app, installation, channel } = appDm(sim, request.user, request.app);
  const enabled = request.tab === 'home' ? app.homeTab : app.messagesTab;
  if (!enabled) throw new ActError(`${app.name} has no ${request.tab} tab`);
  sim.views.setTab(person.id, { app: app.id, tab: request.tab });
  const view = sim.views.home(person.id, installation);
  publishHomeOpened(sim, installation, channel, {
    user: person.id,
    tab: request.tab,
    view: view && viewObject(view, { values: true }),
    entities: sim.appContexts.of(person.id, app.id),
  });
}

/** What a person looks at beside an app's messages: `app_context_changed` (§6). */
export function changeContext(
  sim: Simulator,
  request: { user: string; app?: string | undefined; entities: JsonObject[] },
): void {
  const { person, app, installation, channel } = appDm(sim, request.user, request.app);
  sim.appContexts.set(person.id, app.id, request.entities);
  publishContextChanged(sim, installation, channel, { user: person.id, entities: request.entities });
}
