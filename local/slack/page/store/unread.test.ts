import { expect, test } from 'vitest';
import { byId, channel, message } from './fixtures.ts';
import { emptyChannel, putMessage } from './messages.ts';
import { type PageStore, useStore } from './store.ts';
import type { Message } from './types.ts';
import { countUnread, enter } from './unread.ts';

const LOADED = '1700000000.000000';
const later = (second: number): string => `170000000${second}.500000`;

function stateWith(kind: 'channel' | 'im', ...all: Message[]): PageStore {
  const messages = emptyChannel();
  for (const one of all) putMessage(messages, one);
  return {
    ...useStore.getState(),
    ready: true,
    entered: true,
    loadedTs: LOADED,
    user: 'U1',
    channel: 'CELSE',
    channels: byId(channel({ id: 'C1', kind })),
    messages: new Map([['C1', messages]]),
    lastRead: new Map(),
  };
}

test.each([
  ['a message of another person', { user: 'U2', ts: later(1) }, 1],
  ['an own message', { user: 'U1', ts: later(1) }, 0],
  ['what was there before the page', { user: 'U2', ts: '1699999999.000000' }, 0],
  ["somebody else's ephemeral", { user: 'U2', ts: later(1), ephemeralFor: 'U3' }, 0],
  ['an own ephemeral', { user: 'U2', ts: later(1), ephemeralFor: 'U1' }, 1],
])('%s counts %#', (_name, given, count) => {
  expect(countUnread(stateWith('channel', message(given)), 'C1')).toBe(count);
});

test('replies count in DMs, where an agent answers in threads, and not in channels', () => {
  const parent = message({ ts: later(1), user: 'U1' });
  const reply = message({ ts: later(2), user: 'UBOT', threadTs: later(1) });
  expect(countUnread(stateWith('im', parent, reply), 'C1')).toBe(1);
  expect(countUnread(stateWith('channel', parent, reply), 'C1')).toBe(0);
});

test('who comes sees from where it is new; who has been there has read it', () => {
  const state = stateWith('channel', message({ user: 'U2', ts: later(1) }));
  const place = { user: 'U1', channel: 'C1', thread: '', home: '', target: '' };
  expect(enter(state, place).newSince).toBe(LOADED);
  expect(countUnread(state, 'C1')).toBe(0);
  expect(enter({ ...state, channel: 'CELSE' }, place).newSince).toBe('');
});
