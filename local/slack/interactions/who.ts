import type { Simulator } from '../simulator.ts';
import type { App, Channel, Installation, Message, Person } from '../world/types.ts';
import { ActError } from './act-error.ts';

/** A person who can act. @throws ActError */
export function personOf(sim: Simulator, id: string): Person {
  const person = sim.world.people.get(id);
  if (!person || person.deleted || person.isBot) throw new ActError(`no person ${id}`);
  return person;
}

/** A person in a conversation. @throws ActError */
export function memberOf(
  sim: Simulator,
  request: { user: string; channel: string },
): { channel: Channel; person: Person } {
  const channel = sim.world.channels.get(request.channel);
  if (!channel) throw new ActError(`no channel ${request.channel}`);
  const person = personOf(sim, request.user);
  if (!channel.members.has(person.id)) throw new ActError(`${person.name} is not in ${channel.name}`);
  return { channel, person };
}

/** A message that a person sees, and the app that made it. @throws ActError */
export function messageOf(
  sim: Simulator,
  request: { user: string; channel: string; ts: string },
): { channel: Channel; person: Person; message: Message; app: App; installation: Installation } {
  const { channel, person, message } = seenMessage(sim, request);
  const own = sim.world.installations.filter(
    (one) => one.appId === message.appId && one.botId === message.botId && !one.revoked,
  );
  // An org-wide install is one per workspace: the person's own counts.
  const installation = own.find((one) => one.teamId === person.teamId) ?? own[0];
  const app = installation && sim.world.apps.get(installation.appId);
  if (!app) throw new ActError('the message belongs to no installed app');
  return { channel, person, message, app, installation };
}

/** A message that a person sees. @throws ActError */
export function seenMessage(
  sim: Simulator,
  request: { user: string; channel: string; ts: string },
): { channel: Channel; person: Person; message: Message } {
  const channel = sim.world.channels.get(request.channel);
  const message = sim.world.message(request.channel, request.ts);
  if (!channel || !message) throw new ActError('no such channel, person or message');
  const person = personOf(sim, request.user);
  const visible =
    message.ephemeralFor === undefined ? channel.members.has(person.id) : message.ephemeralFor === person.id;
  if (!visible) throw new ActError(`${person.name} cannot see this message`);
  return { channel, person, message };
}

/** The installation of an app for a person: of the named app, or of the only one there is. @throws ActError */
export function installationFor(
  sim: Simulator,
  person: Person,
  appId: string | undefined,
): { app: App; installation: Installation } {
  const here = sim.world.installations.filter(
    (one) => one.teamId === person.teamId && !one.revoked && (appId === undefined || one.appId === appId),
  );
  const [installation] = here;
  const app = installation && sim.world.apps.get(installation.appId);
  if (!app) throw new ActError(`no app ${appId ?? ''} is installed in ${person.name}'s workspace`);
  if (here.length > 1) throw new ActError('several apps are installed: say which one with `app`');
  return { app, installation };
}
