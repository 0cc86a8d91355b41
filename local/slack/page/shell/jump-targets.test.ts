import { expect, test } from 'vitest';
import { byId, channel, person } from '../store/fixtures.ts';
import { toChannelName } from './channel-name.ts';
import { jumpTargets } from './jump-targets.ts';

const me = person({ id: 'U1' });
const world = {
  people: byId(
    me,
    person({ id: 'U2', name: 'teammate' }),
    person({ id: 'U3', name: 'former', deleted: true }),
  ),
  channels: byId(
    channel({ id: 'C1', name: 'team', members: ['U1'] }),
    channel({ id: 'C2', name: 'team-archive' }),
    channel({ id: 'C3', name: 'the-team', members: ['U1'] }),
    channel({ id: 'C4', name: 'team-secret', kind: 'group', members: ['U2'] }),
  ),
  apps: new Map(),
};
const names = (typed: string): string[] => jumpTargets(me, typed, world).map(({ name }) => name);

test('own conversations come first, then beginnings before other words; nothing that one cannot see', () => {
  expect(names('team')).toEqual(['team', 'team-archive', 'teammate', 'the-team']);
});

test('# asks for channels, @ for people; case does not matter', () => {
  expect(names('#TEAM')).toEqual(['team', 'team-archive', 'the-team']);
  expect(names('@t')).toEqual(['teammate']);
});

test.each([
  ['Plan Budget', 'plan-budget'],
  ['#already-fine', 'already-fine'],
  ['What?!', 'what'],
  ['Überblick 2', 'überblick-2'],
])('a channel typed as %s is called %s', (typed, name) => {
  expect(toChannelName(typed)).toBe(name);
});
