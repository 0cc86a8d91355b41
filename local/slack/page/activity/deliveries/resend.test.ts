import { expect, test } from 'vitest';
import { resendBody } from './resend.ts';

const record = { app: 'A1', url: 'http://127.0.0.1:1/x' };

test.each([
  {
    what: 'an event',
    given: { ...record, kind: 'events', payload: { type: 'event_callback' } },
    body: { app: 'A1', target: 'events', payload: { type: 'event_callback' }, times: 2, url: record.url },
  },
  {
    what: 'an interaction',
    given: { ...record, kind: 'interactions', payload: { type: 'block_actions', actions: [] } },
    body: {
      app: 'A1',
      target: 'interactions',
      payload: { type: 'block_actions', actions: [] },
      times: 2,
      url: record.url,
    },
  },
  {
    what: 'a command, as form fields',
    given: { ...record, kind: 'commands', payload: { command: '/sluice', text: 'a b' } },
    body: {
      app: 'A1',
      target: 'interactions',
      body: 'command=%2Fsluice&text=a+b',
      times: 2,
      url: record.url,
    },
  },
  {
    what: 'an event that had no URL goes where the app has one now',
    given: { ...record, url: null, kind: 'events', payload: {} },
    body: { app: 'A1', target: 'events', payload: {}, times: 2 },
  },
])('$what is sent again as it was', ({ given, body }) => {
  expect(resendBody(given, 2)).toEqual(body);
});
