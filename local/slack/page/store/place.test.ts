import { describe, expect, test } from 'vitest';
import { byId, channel, person } from './fixtures.ts';
import { formatAddress, formatPermalink, parseAddress, parsePermalink, settle } from './place.ts';

const TS = '1700000000.000100';

test.each([
  ['#U1/C1', { user: 'U1', channel: 'C1', thread: '', home: '', target: '' }],
  [`#U1/C1/${TS}`, { user: 'U1', channel: 'C1', thread: TS, home: '', target: '' }],
  [`#U1/C1//${TS}`, { user: 'U1', channel: 'C1', thread: '', home: '', target: TS }],
  ['#U1/home/A1', { user: 'U1', channel: '', thread: '', home: 'A1', target: '' }],
])('the address %s says who looks at what, and is written the same way', (hash, place) => {
  expect(parseAddress(hash)).toEqual(place);
  expect(`#${formatAddress(place)}`).toBe(hash);
});

test('permalinks lead to a message, in its thread when they name one', () => {
  expect(parsePermalink('/archives/C1/p1700000000000100', '')).toEqual({
    channel: 'C1',
    thread: '',
    target: TS,
  });
  const link = new URL(formatPermalink('http://local', 'C1', TS, '1600000000.000001'));
  expect(parsePermalink(link.pathname, link.search)).toEqual({
    channel: 'C1',
    thread: '1600000000.000001',
    target: TS,
  });
  expect(formatPermalink('http://local', 'C1', TS, TS)).toBe('http://local/archives/C1/p1700000000000100');
  expect(parsePermalink('/', '')).toBeUndefined();
});

describe('settle', () => {
  const people = byId(
    person({ id: 'UBOT', isBot: true }),
    person({ id: 'U1' }),
    person({ id: 'U2' }),
    person({ id: 'UGONE', deleted: true }),
    person({ id: 'UGUEST', isGuest: true }),
    person({ id: 'UOTHER', teamId: 'T2' }),
  );
  const channels = byId(
    channel({ id: 'D1', kind: 'im', members: ['U1', 'UBOT'] }),
    channel({ id: 'D2', kind: 'im', members: ['U2', 'UBOT'] }),
    channel({ id: 'C1', members: ['U1', 'U2', 'UGUEST'] }),
    channel({ id: 'COPEN', members: ['U2'] }),
    channel({ id: 'CPRIVATE', kind: 'group', members: ['U2'] }),
    channel({ id: 'CSHARED', sharedWith: ['T2'], members: ['U1', 'UOTHER'] }),
  );
  const at = (user: string, channelId: string) => {
    const place = settle({ user, channel: channelId, thread: '', home: '', target: '' }, people, channels);
    return `${place.user}/${place.channel}`;
  };
  test.each([
    ['nobody named: the first person and their first channel', '', '', 'U1/C1'],
    ['a bot cannot look', 'UBOT', 'C1', 'U1/C1'],
    ['who was deactivated cannot look', 'UGONE', 'C1', 'U1/C1'],
    ['an open channel can be looked at without being in it', 'U1', 'COPEN', 'U1/COPEN'],
    ['a guest sees only what they are in', 'UGUEST', 'COPEN', 'UGUEST/C1'],
    ['a private channel is for its members', 'U1', 'CPRIVATE', 'U1/C1'],
    ["one's own DM instead of another's", 'U2', 'D1', 'U2/D2'],
    ['a shared channel is seen from the other workspace', 'UOTHER', 'CSHARED', 'UOTHER/CSHARED'],
    ['an open channel of another workspace is not', 'UOTHER', 'COPEN', 'UOTHER/CSHARED'],
  ])('%s', (_name, user, channelId, expected) => {
    expect(at(user, channelId)).toBe(expected);
  });
});
