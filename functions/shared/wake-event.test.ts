import { expect, it } from 'vitest';
import { wakeIds, wakeOf } from './wake-event.ts';

const event = (...messages: unknown[]) => ({
  Records: messages.map((message, n) => ({
    messageId: `m${n}`,
    body: typeof message === 'string' ? message : JSON.stringify(message),
  })),
});
const pause = { v: 1, kind: 'pause', turnId: 't1', pauseId: 'p1', token: 'task-token' };
const notice = {
  v: 1,
  kind: 'notice',
  appId: 'A1',
  installationId: 'T1',
  channel: 'C1',
  threadTs: '1',
  userId: 'U1',
  text: 'words',
};

it('reads the one wake', () => {
  expect(wakeOf(event(pause))).toEqual(pause);
});

it.each([
  ['none', event()],
  ['two', event(pause, pause)],
  ['no JSON', event('{')],
  ['another version', event({ ...pause, v: 2 })],
  ['no kind', event({ v: 1, turnId: 't1' })],
])('refuses %s', (_, records) => {
  expect(() => wakeOf(records)).toThrow();
});

it('tells the log ids, no token and no text', () => {
  expect(wakeIds(event(pause))).toEqual({ messageId: 'm0', wake: 'pause', turnId: 't1', pauseId: 'p1' });
  expect(wakeIds(event({ v: 1, kind: 'flush', turnId: 't1' }))).toEqual({
    messageId: 'm0',
    wake: 'flush',
    turnId: 't1',
  });
  expect(JSON.stringify(wakeIds(event(notice)))).not.toMatch(/words|U1/);
});
