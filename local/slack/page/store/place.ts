import type { Channel, Person } from './types.ts';

/**
 * Who looks, and at what. In the address: `#user/channel`, `#user/channel/thread_ts`,
 * `#user/channel/thread_ts/message_ts` (the thread may be empty), `#user/home/app`.
 */
export type Place = {
  user: string;
  channel: string;
  thread: string;
  /** An app whose Home tab is open. */
  home: string;
  /** A message to show and mark: where a link leads. */
  target: string;
};

export function parseAddress(hash: string): Place {
  const [user = '', channel = '', third = '', target = ''] = hash
    .replace(/^#/, '')
    .split('/')
    .map(decodeURIComponent);
  if (channel === 'home') return { user, channel: '', thread: '', home: third, target: '' };
  return { user, channel, thread: third, home: '', target };
}

export function formatAddress({ user, channel, thread, home, target }: Place): string {
  if (home !== '') return `${user}/home/${home}`;
  const parts = [user, channel, thread, target];
  while (parts.at(-1) === '' && parts.length > 2) parts.pop();
  return parts.join('/');
}

/** Reads Slack's permalinks, `/archives/C…/p<ts without its dot>?thread_ts=…`; undefined for any other address. */
export function parsePermalink(
  pathname: string,
  search: string,
): Pick<Place, 'channel' | 'thread' | 'target'> | undefined {
  const match = /^\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?\/?$/.exec(pathname);
  if (!match) return undefined;
  const target = match[2] === undefined ? '' : `${match[2]}.${match[3]}`;
  return { channel: match[1] ?? '', thread: new URLSearchParams(search).get('thread_ts') ?? '', target };
}

/** The permalink of a message, below the simulator's own address. */
export function formatPermalink(base: string, channel: string, ts: string, threadTs?: string): string {
  const thread = threadTs === undefined || threadTs === ts ? '' : `?thread_ts=${threadTs}&cid=${channel}`;
  return `${base}/archives/${channel}/p${ts.replace('.', '')}${thread}`;
}

/** Whether a person can see a conversation: a member, or somebody of the workspace if it is public. */
export function canSee(channel: Channel, person: Person): boolean {
  if (channel.members.includes(person.id)) return true;
  const reaches = channel.teamId === person.teamId || channel.sharedWith.includes(person.teamId);
  return channel.kind === 'channel' && reaches && !person.isGuest;
}

/** The place with what exists and the person may see: another person or channel where the address names none. */
export function settle(
  place: Place,
  people: ReadonlyMap<string, Person>,
  channels: ReadonlyMap<string, Channel>,
): Place {
  const asked = people.get(place.user);
  const writers = [...people.values()].filter((one) => !one.isBot && !one.deleted);
  const person = asked && !asked.isBot && !asked.deleted ? asked : writers[0];
  if (!person) return place;
  if (place.home !== '') return { ...place, user: person.id };
  const channel = channels.get(place.channel);
  if (channel && canSee(channel, person)) return { ...place, user: person.id };
  const first = firstOf(person, channels, channel?.kind === 'im');
  return { user: person.id, channel: first?.id ?? '', thread: '', home: '', target: '' };
}

/** Somebody's first conversation: their own DM instead of another's, otherwise a channel that they are in. */
function firstOf(
  person: Person,
  channels: ReadonlyMap<string, Channel>,
  wantsDm: boolean,
): Channel | undefined {
  const mine = [...channels.values()].filter((one) => one.members.includes(person.id));
  const dm = wantsDm ? mine.find((one) => one.kind === 'im') : undefined;
  return dm ?? mine.find((one) => one.kind === 'channel') ?? mine[0];
}
