import type { App, Channel, Message, Person } from './types.ts';

/** Whole objects for the tests of the page, from what matters to them. */
export const person = (given: Partial<Person> & { id: string }): Person => ({
  teamId: 'T1',
  name: given.id.toLowerCase(),
  displayName: given.name ?? given.id.toLowerCase(),
  realName: given.name ?? given.id,
  email: 'someone@workspace.example',
  locale: 'en-US',
  title: '',
  isAdmin: false,
  timeZone: 'Etc/UTC',
  deleted: false,
  isGuest: false,
  isBot: false,
  ...given,
});

export const channel = (given: Partial<Channel> & { id: string }): Channel => ({
  teamId: 'T1',
  kind: 'channel',
  name: given.id.toLowerCase(),
  members: [],
  archived: false,
  topic: '',
  purpose: '',
  created: 0,
  creator: '',
  sharedWith: [],
  extShared: false,
  postingRestricted: false,
  previousNames: [],
  ...given,
});

export const message = (given: Partial<Message> & { ts: string }): Message => ({
  channel: 'C1',
  user: 'U1',
  teamId: 'T1',
  text: 'words',
  blocks: [],
  blocksFrom: 'text',
  reactions: [],
  ...given,
});

export const byId = <T extends { id: string }>(...all: T[]): Map<string, T> =>
  new Map(all.map((one) => [one.id, one]));

/** Of an app only what decides whether one can write to it. */
export const appSwitches = (given: Partial<App>): App => ({ messagesTab: true, ...given }) as App;
