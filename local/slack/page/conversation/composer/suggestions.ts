import { EMOJI } from '../../../richtext/emoji.ts';
import type { Person, SlashCommand } from '../../store/types.ts';
import type { Nameable } from '../use-names.ts';
import type { TypedToken } from './typed-token.ts';

/** One line of the completion list. `insert` replaces what was typed. */
export type Suggestion = {
  key: string;
  insert: string;
  label: string;
  note: string;
  /** Whose picture stands before it. */
  user?: string;
  char?: string;
};

export type Sources = Pick<Nameable, 'people' | 'groups' | 'channels'> & {
  commands: readonly (SlashCommand & { appName: string })[];
  me: string;
  /** Members of the conversation come first. */
  members: ReadonlySet<string>;
};

const SHOWN = 8;

/** What fits what is being typed, best first. */
export function suggestionsFor(token: TypedToken | undefined, sources: Sources): Suggestion[] {
  if (!token) return [];
  return OF_SIGN[token.sign](token.word, sources).slice(0, SHOWN);
}

const OF_SIGN = { '@': mentions, '#': channels, ':': emoji, '/': commands };

function mentions(word: string, { people, groups, me, members }: Sources): Suggestion[] {
  const named = (person: Person): boolean =>
    person.name.startsWith(word) || person.displayName.toLowerCase().startsWith(word);
  const rank = (person: Person): number => Number(!person.isBot) + (members.has(person.id) ? 0 : 2);
  const found = people
    .filter((person) => person.id !== me && named(person))
    .sort((a, b) => rank(a) - rank(b))
    .map((person) => ({
      key: person.id,
      insert: `@${person.name}`,
      label: `@${person.name}`,
      note: [person.isBot ? 'App' : person.realName, members.has(person.id) ? '' : 'not in this conversation']
        .filter((part) => part !== '' && part !== person.name)
        .join(' · '),
      user: person.id,
    }));
  const grouped = groups
    .filter(({ handle }) => handle.startsWith(word))
    .map(({ id, handle, name, members: inside }) => ({
      key: id,
      insert: `@${handle}`,
      label: `@${handle}`,
      note: `${name} · ${inside.length} people`,
    }));
  const everybody = BROADCASTS.filter(({ label }) => word !== '' && label.startsWith(`@${word}`));
  return [...found, ...grouped, ...everybody];
}

const BROADCASTS = ['here', 'channel', 'everyone'].map((name) => ({
  key: name,
  insert: `@${name}`,
  label: `@${name}`,
  note: 'Notifies everybody here',
}));

function channels(word: string, sources: Sources): Suggestion[] {
  return sources.channels
    .filter(({ name, archived }) => !archived && name.startsWith(word))
    .map(({ id, name, topic }) => ({ key: id, insert: `#${name}`, label: `#${name}`, note: topic ?? '' }));
}

function emoji(word: string): Suggestion[] {
  return Object.entries(EMOJI)
    .filter(([name]) => name.startsWith(word))
    .map(([name, char]) => ({ key: name, insert: `:${name}:`, label: `:${name}:`, note: '', char }));
}

function commands(word: string, sources: Sources): Suggestion[] {
  return sources.commands
    .filter(({ command }) => command.slice(1).startsWith(word))
    .map(({ command, usageHint, description, appName }) => ({
      key: `${appName}${command}`,
      insert: command,
      label: command,
      note: [usageHint, description, appName].filter((part) => part !== '').join(' · '),
    }));
}
