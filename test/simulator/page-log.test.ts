import { expect, test } from 'vitest';
import { pageCall } from '../../local/slack/admin/page-call.ts';
import { pageDelivery } from '../../local/slack/admin/page-delivery.ts';
import type { CallRecord } from '../../local/slack/api/call-log.ts';
import type { DeliveryRecord } from '../../local/slack/events/delivery-log.ts';
import type { JsonObject } from '../../local/slack/json.ts';

const call = (args: JsonObject): CallRecord => ({
  id: 1,
  method: 'x',
  app: null,
  team: null,
  at: 0,
  durationMs: 0,
  args,
  unknownArguments: [],
  notes: [],
  tier: null,
  touched: null,
  retryAfter: null,
  status: 200,
  ok: true,
  error: null,
  answer: { ok: true, big: 'x'.repeat(10_000) },
  fault: null,
  applied: true,
});

test.each<[string, JsonObject, string]>([
  ['a text', { text: 'Hello\n  there' }, 'Hello there'],
  [
    'steps and text of chunks',
    { chunks: [{ type: 'task_update' }, { type: 'task_update' }, { type: 'markdown_text', text: 'Done' }] },
    '2 steps · Done',
  ],
  [
    'blocks of chunks',
    { chunks: [{ type: 'blocks', blocks: [{ type: 'context' }, { type: 'context_actions' }] }] },
    '2 blocks',
  ],
  ['chunks of a form', { chunks: '[{"type":"task_update"}]' }, '1 step'],
  ['broken chunks', { chunks: '[{', channel: 'C1' }, 'C1'],
  ['the title of a view', { view: { type: 'modal', title: { type: 'plain_text', text: 'Edit' } } }, 'Edit'],
  ['a view of a form', { view: '{"type":"home"}' }, 'home'],
  ['whom it names when it says nothing', { user: 'U1' }, 'U1'],
  ['at most 120 characters', { text: 'y'.repeat(500) }, 'y'.repeat(120)],
])('a call is about %s', (_what, args, about) => {
  expect(pageCall(call(args)).about).toBe(about);
});

test('a call for the page names its place and carries neither arguments nor answer', () => {
  const given = pageCall(call({ channel: 'C1', ts: '2.0', thread_ts: '1.0', text: 'z'.repeat(5_000) }));
  expect(given).toMatchObject({ channel: 'C1', ts: '2.0', threadTs: '1.0' });
  expect(JSON.stringify(given).length).toBeLessThan(600);
});

const delivery = (payload: JsonObject, answer: string | null = null): DeliveryRecord => ({
  id: 1,
  kind: 'events',
  app: 'A1',
  type: 'x',
  eventId: null,
  url: null,
  at: 0,
  payload,
  attempts: [{ retry: 0, reason: null, at: 0, durationMs: 1, status: 200, failure: null, answer }],
  state: 'acknowledged',
});

test.each<[string, JsonObject, { about: string; channel: string; ts: string; threadTs: string }]>([
  [
    'a message',
    { event: { type: 'message', channel: 'C1', ts: '2.0', thread_ts: '1.0', text: 'Hi' } },
    { about: 'Hi', channel: 'C1', ts: '2.0', threadTs: '1.0' },
  ],
  [
    'a changed message',
    {
      event: {
        subtype: 'message_changed',
        channel: 'C1',
        ts: '3.0',
        message: { ts: '2.0', thread_ts: '1.0', text: 'Hi' },
      },
    },
    { about: 'message_changed · Hi', channel: 'C1', ts: '2.0', threadTs: '1.0' },
  ],
  [
    'a reaction',
    { event: { type: 'reaction_added', reaction: 'eyes', item: { channel: 'C1', ts: '2.0' } } },
    { about: 'eyes', channel: 'C1', ts: '2.0', threadTs: '' },
  ],
  [
    'a button of a message',
    {
      type: 'block_actions',
      actions: [{ action_id: 'approve' }],
      container: { channel_id: 'C1', message_ts: '2.0', thread_ts: '1.0' },
      channel: { id: 'C1' },
    },
    { about: 'approve', channel: 'C1', ts: '2.0', threadTs: '1.0' },
  ],
  [
    'a modal',
    { type: 'view_submission', view: { title: { text: 'Edit' }, callback_id: 'edit' } },
    { about: 'Edit', channel: '', ts: '', threadTs: '' },
  ],
  [
    'a command',
    { command: '/sluice', text: 'ask', channel_id: 'C1' },
    { about: '/sluice ask', channel: 'C1', ts: '', threadTs: '' },
  ],
  [
    'a question for options',
    { type: 'block_suggestion', action_id: 'pick', value: 'ab' },
    { about: 'pick · “ab”', channel: '', ts: '', threadTs: '' },
  ],
])('%s names what it is about and where', (_what, payload, expected) => {
  expect(pageDelivery(delivery(payload))).toMatchObject(expected);
});

test('a delivery for the page carries no payload and only the beginning of a long answer', () => {
  const given = pageDelivery(delivery({ event: { text: 'x'.repeat(9_000) } }, 'a'.repeat(9_000)));
  expect(given.attempts[0]?.answer).toBe('a'.repeat(200));
  expect(JSON.stringify(given).length).toBeLessThan(800);
});
