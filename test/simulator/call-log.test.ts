import { expect, test } from 'vitest';
import { CallLog } from '../../local/slack/api/call-log.ts';
import { touchedBy } from '../../local/slack/api/touched.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, scene, text } from './support.ts';

test('a call tells the message that it made, changed or was about', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts, threadTs } = await openStream();
  await api('chat.appendStream', { channel, ts, chunks: [text('a')] });
  await api('chat.stopStream', { channel, ts });
  await api('reactions.add', { channel, timestamp: threadTs, name: 'eyes' });
  await api('agents.sessions.setStatus', { channel_id: channel, thread_ts: threadTs, status: 'active' });
  const ephemeral = await api('chat.postEphemeral', { channel, user: REQUESTER, text: 'x' });
  await api('chat.update', { channel, ts: '1.000001', text: 'x' });
  await api('conversations.history', { channel });
  const own = { channel, ts };
  const parent = { channel, ts: threadTs };
  expect((await slack.calls()).map(({ touched }) => touched)).toEqual([
    own,
    own,
    own,
    parent,
    parent,
    { channel, ts: ephemeral.message_ts },
    null,
    null,
  ]);
});

test('what is no timestamp is no message', () => {
  expect(touchedBy({ channel: 'C1', thread_ts: 'x' }, { ok: true })).toBeNull();
  expect(touchedBy({ channel: 'C1' }, { ok: true, ts: '1.2' })).toEqual({ channel: 'C1', ts: '1.2' });
  expect(touchedBy({ channel: 'C1', thread_ts: '1.2' }, { ok: false })).toBeNull();
});

test('§2 a call tells its tier and how full the window is', async () => {
  const { api, slack } = await scene();
  await api('chat.postMessage', { channel: GENERAL, text: 'a' });
  await api('conversations.list', {});
  await api('conversations.list', {});
  await api('no.such', {});
  expect((await slack.calls()).map(({ tier }) => tier)).toEqual([
    { tier: 'special', limit: 300, inWindow: 1 },
    { tier: 2, limit: 20, inWindow: 1 },
    { tier: 2, limit: 20, inWindow: 2 },
    null,
  ]);
});

test('unknown arguments are named and do no harm', async () => {
  const { api, slack } = await scene();
  await api('chat.postMessage', { channel: GENERAL, text: 'a', thread: '1', colour: 'red' });
  expect(await slack.calls()).toMatchObject([{ ok: true, unknownArguments: ['thread', 'colour'] }]);
});

const call = (size: number) => ({
  method: 'm',
  app: null,
  team: null,
  at: 0,
  durationMs: 0,
  args: { a: 'x'.repeat(size) } as JsonObject,
  unknownArguments: [],
  status: 200,
  ok: true,
  error: null,
  answer: null,
  fault: null,
  applied: true,
});

test('unknown arguments are named in a refused call too: a misspelt one may be why', async () => {
  const { api, slack } = await scene({ withApp: false });
  expect(await api('chat.postMessage', { chanel: GENERAL, text: 'x' })).toMatchObject({
    error: 'invalid_arguments',
  });
  await slack.api('auth.test', 'xoxb-nobody', { colour: 'red' });
  expect((await slack.calls()).map((call) => call.unknownArguments)).toEqual([['chanel'], ['colour']]);
});

test('the log is bounded in bytes: the oldest go, the newest stays however large', () => {
  const log = new CallLog(10_000);
  for (let n = 0; n < 50; n++) log.add(call(1_000));
  const kept = log.all().length;
  expect(kept).toBeLessThan(11);
  expect(kept).toBeGreaterThan(5);
  expect(log.all().at(-1)?.id).toBe(50);
  expect(log.get(50)?.id).toBe(50);
  expect(log.get(1)).toBeUndefined();
  log.add(call(50_000));
  expect(log.all().map(({ id }) => id)).toEqual([51]);
});

test('the log is bounded in number', () => {
  const log = new CallLog();
  for (let n = 0; n < 20_001; n++) log.add(call(0), 10);
  expect(log.all()).toHaveLength(18_001);
  expect(log.get(20_001)?.id).toBe(20_001);
});
