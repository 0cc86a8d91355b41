import type { App, Channel, Installation, Person } from '../store/types.ts';

/** What stands in a person's sidebar, in order. */
export type Sections = {
  channels: Channel[];
  directs: Channel[];
  apps: { app: App; botUserId: string }[];
};

/** The conversations that a person is in, and the apps of their workspace. */
export function sectionsOf(
  person: Person,
  channels: Iterable<Channel>,
  people: ReadonlyMap<string, Person>,
  apps: ReadonlyMap<string, App>,
  installations: readonly Installation[],
): Sections {
  const mine = [...channels].filter((one) => one.members.includes(person.id));
  const named = mine.filter((one) => one.kind === 'channel' || one.kind === 'group');
  const isDead = (channel: Channel): boolean =>
    channel.kind === 'im' && channel.members.some((id) => people.get(id)?.deleted === true);
  const installed = installations.filter(
    (one) => one.teamId === person.teamId && !one.revoked && one.botUserId !== '',
  );
  return {
    channels: named.sort(byName),
    directs: mine.filter((one) => ['im', 'mpim'].includes(one.kind) && !isDead(one)),
    apps: installed.flatMap(({ appId, botUserId }) => {
      const app = apps.get(appId);
      return app ? [{ app, botUserId }] : [];
    }),
  };
}

/** Open channels first, archived ones last, by name. */
function byName(a: Channel, b: Channel): number {
  return Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name);
}

/** The DM between a person and somebody else. */
export const directWith = (channels: Iterable<Channel>, person: string, other: string): Channel | undefined =>
  [...channels].find(
    ({ kind, members }) =>
      kind === 'im' && members.includes(other) && (members.includes(person) || other === person),
  );
