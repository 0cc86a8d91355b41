import { expect, test } from 'vitest';
import { pageCall } from '../../../admin/page-call.ts';
import type { CallRecord } from '../../../api/call-log.ts';
import { emptyChannel, putMessage } from '../../store/messages.ts';
import type { ChannelMessages, Message } from '../../store/types.ts';
import { ALL_CALLS, filteredCalls, methodsOf } from './call-filter.ts';
import { marksOf } from './call-marks.ts';

const record = (id: number, given: Partial<CallRecord>): CallRecord => ({
  id,
  method: 'chat.postMessage',
  app: 'A1',
  team: 'T1',
  at: 0,
  durationMs: 1,
  args: {},
  unknownArguments: [],
  notes: [],
  tier: null,
  touched: null,
  retryAfter: null,
  status: 200,
  ok: true,
  error: null,
  answer: { ok: true },
  fault: null,
  applied: true,
  ...given,
});

const calls = [
  record(1, { args: { channel: 'C1', text: 'Hello' }, touched: { channel: 'C1', ts: '1.0' } }),
  record(2, {
    args: { channel: 'C1', thread_ts: '1.0', text: 'Reply' },
    touched: { channel: 'C1', ts: '2.0' },
  }),
  record(3, { method: 'chat.appendStream', args: { channel: 'C1', ts: '2.0', markdown_text: 'more' } }),
  record(4, {
    method: 'chat.update',
    args: { channel: 'C1', ts: '9.0' },
    ok: false,
    error: 'message_not_found',
  }),
  record(5, { method: 'auth.test', status: 429, ok: false, error: 'ratelimited', applied: false }),
].map(pageCall);

const channel = emptyChannel();
putMessage(channel, { ts: '1.0', channel: 'C1' } as Message);
putMessage(channel, { ts: '2.0', threadTs: '1.0', channel: 'C1' } as Message);
const messages = new Map<string, ChannelMessages>([['C1', channel]]);

test.each([
  { what: 'all', filter: {}, ids: [1, 2, 3, 4, 5] },
  { what: 'a text, in any case', filter: { text: ' HELLO' }, ids: [1] },
  { what: 'a text of an error', filter: { text: 'not_found' }, ids: [4] },
  { what: 'a method', filter: { method: 'auth.test' }, ids: [5] },
  { what: 'errors', filter: { errorsOnly: true }, ids: [4, 5] },
  { what: 'one thread, its streams too', filter: { thread: { channel: 'C1', ts: '1.0' } }, ids: [1, 2, 3] },
  { what: 'what came after the view was cleared', filter: { clearedUpTo: 3 }, ids: [4, 5] },
])('shows $what', ({ filter, ids }) => {
  expect(filteredCalls(calls, { ...ALL_CALLS, ...filter }, messages).map((call) => call.id)).toEqual(ids);
});

test('methods are offered once, by name', () => {
  expect(methodsOf(calls)).toEqual(['auth.test', 'chat.appendStream', 'chat.postMessage', 'chat.update']);
});

test.each([
  { given: {}, kinds: ['ok'] },
  { given: { ok: false, status: 200, error: 'x' }, kinds: ['error'] },
  { given: { ok: false, status: 429, error: 'ratelimited' }, kinds: ['limited'] },
  {
    given: { ok: false, status: 0, error: 'connection_closed', fault: 'drop_answer' },
    kinds: ['dropped', 'fault'],
  },
  { given: { unknownArguments: ['thrad_ts'] }, kinds: ['ok', 'warning'] },
])('$given is marked $kinds', ({ given, kinds }) => {
  expect(marksOf(record(1, given)).map((mark) => mark.kind)).toEqual(kinds);
});
