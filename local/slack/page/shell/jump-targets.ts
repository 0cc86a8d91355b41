import { canSee } from '../store/place.ts';
import { channelName } from '../store/selectors.ts';
import type { App, Channel, Person } from '../store/types.ts';

/** Something that one can jump to. */
export type Target =
  | { kind: 'channel'; id: string; name: string; channel: Channel }
  | { kind: 'person'; id: string; name: string; person: Person; direct: string | undefined }
  | { kind: 'app'; id: string; name: string; app: App };

/** At most so many are shown. */
const SHOWN = 12;

type World = {
  channels: ReadonlyMap<string, Channel>;
  people: ReadonlyMap<string, Person>;
  apps: ReadonlyMap<string, App>;
};

/** What a person can jump to that fits what was typed: own conversations first, names that begin with it before others. */
export function jumpTargets(me: Person, typed: string, world: World): Target[] {
  const word = typed.trim().toLowerCase().replace(/^[#@]/, '');
  const only = /^[#@]/.exec(typed.trim())?.[0];
  const all = [
    ...(only === '@' ? [] : channelTargets(me, world)),
    ...(only === '#' ? [] : peopleTargets(me, world)),
  ];
  return all
    .map((target) => ({ target, rank: rankOf(target, word, me.id) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank || a.target.name.localeCompare(b.target.name))
    .slice(0, SHOWN)
    .map(({ target }) => target);
}

function channelTargets(me: Person, { channels, people, apps: _apps }: World): Target[] {
  return [...channels.values()]
    .filter((channel) => channel.kind !== 'im' && canSee(channel, me))
    .map((channel) => ({
      kind: 'channel',
      id: channel.id,
      name: channelName(channel, me.id, people),
      channel,
    }));
}

function peopleTargets(me: Person, { channels, people, apps }: World): Target[] {
  const directs = [...channels.values()].filter((one) => one.kind === 'im' && one.members.includes(me.id));
  const found: Target[] = [...people.values()]
    .filter((person) => person.teamId === me.teamId && !person.deleted && person.id !== me.id)
    .map((person) => ({
      kind: 'person',
      id: person.id,
      name: person.displayName,
      person,
      direct: directs.find((one) => one.members.includes(person.id))?.id,
    }));
  const homes = [...apps.values()].filter((app) => app.homeTab);
  return [
    ...found,
    ...homes.map((app): Target => ({ kind: 'app', id: app.id, name: `${app.name} Home`, app })),
  ];
}

const NO_MATCH = 100;

function rankOf(target: Target, word: string, me: string): number {
  const name = target.name.toLowerCase();
  const at = name.indexOf(word);
  if (at < 0) return NO_MATCH;
  const foreign =
    (target.kind === 'channel' && !target.channel.members.includes(me)) ||
    (target.kind === 'person' && target.direct === undefined);
  return (
    (at === 0 ? 0 : /[\s_-]/.test(name.charAt(at - 1)) ? 1 : 2) * 4 +
    (foreign ? 2 : 0) +
    (target.kind === 'app' ? 1 : 0)
  );
}
