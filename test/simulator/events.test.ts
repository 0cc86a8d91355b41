import { expect, test } from 'vitest';
import { DeliveryLog } from '../../local/slack/events/delivery-log.ts';
import { signatureHeaders } from '../../local/slack/events/sign.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import { DM, GENERAL, REQUESTER, type Received, SEED, scene } from './support.ts';

type Envelope = JsonObject & { event: JsonObject; event_id: string };
const envelopes = (received: Received[]) => received.map((one) => JSON.parse(one.body) as Envelope);

test('§7 the recorded signature', () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
  expect(signatureHeaders('8f742231b10e8888abcd99yyyzzz85a5', 1_531_420_618, body)).toEqual({
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  });
});

test('§7 every delivery is signed over its bytes', async () => {
  const { slack, received } = await scene({ signingSecret: 'secret' });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'grüße' });
  await slack.waitForDelivery({ state: 'acknowledged' });
  const { headers, body } = received[0] as Received;
  const timestamp = Number(headers['x-slack-request-timestamp']);
  expect(headers['x-slack-signature']).toBe(signatureHeaders('secret', timestamp, body)['x-slack-signature']);
});

test('§6 a mention is delivered as app_mention and as message: same ts, different event ids', async () => {
  const { slack, received } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  await slack.wait({ kind: 'delivery', state: 'acknowledged', count: 2 });
  const all = envelopes(received);
  expect(all.map(({ event }) => event.type).sort()).toEqual(['app_mention', 'message']);
  expect(new Set(all.map(({ event }) => event.ts))).toEqual(new Set([ts]));
  expect(new Set(all.map(({ event_id }) => event_id)).size).toBe(2);
  const mention = all.find(({ event }) => event.type === 'app_mention');
  expect(mention).toMatchObject({
    type: 'event_callback',
    team_id: SEED.team,
    api_app_id: SEED.app,
    is_ext_shared_channel: false,
    authorizations: [
      { team_id: SEED.team, user_id: SEED.botUser, is_bot: true, is_enterprise_install: false },
    ],
    event: {
      user: REQUESTER,
      text: `<@${SEED.botUser}> hello`,
      channel: GENERAL,
      team: SEED.team,
      event_ts: ts,
    },
  });
  expect(mention?.event_context).toMatch(/^4-/);
  expect(mention?.event.channel_type).toBeUndefined();
});

test('§6 a DM is message with channel_type im, no app_mention', async () => {
  const { slack, received } = await scene();
  await slack.post({ user: REQUESTER, channel: DM, text: '@sluice hello' });
  await slack.waitForDelivery({ state: 'acknowledged' });
  expect(envelopes(received).map(({ event }) => [event.type, event.channel_type])).toEqual([
    ['message', 'im'],
  ]);
});

test('§6 nothing from a channel without the bot, nothing that was not subscribed to', async () => {
  const { slack, received } = await scene();
  await slack.post({ user: REQUESTER, channel: SEED.channels.private, text: '@sluice hello' });
  await slack.setApp({ subscriptions: ['app_mention'] });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  await slack.waitForDelivery({ state: 'acknowledged' });
  expect(envelopes(received).map(({ event }) => event.type)).toEqual(['app_mention']);
});

test('§6 own messages come back, with bot_id; edits and deletions too', async () => {
  const { slack, api, received } = await scene();
  const { ts } = await api('chat.postMessage', { channel: GENERAL, text: 'one' });
  await api('chat.update', { channel: GENERAL, ts: String(ts), text: 'two' });
  await api('chat.delete', { channel: GENERAL, ts: String(ts) });
  await slack.wait({ kind: 'delivery', state: 'acknowledged', count: 3 });
  const events = envelopes(received).map(({ event }) => event);
  const of = (subtype: string | undefined) => events.find((event) => event.subtype === subtype);
  expect(of(undefined)).toMatchObject({
    type: 'message',
    bot_id: SEED.bot,
    user: SEED.botUser,
    text: 'one',
    channel_type: 'channel',
  });
  expect(of('message_changed')).toMatchObject({
    hidden: true,
    message: { text: 'two', edited: {} },
    previous_message: { text: 'one' },
  });
  expect(of('message_deleted')).toMatchObject({
    hidden: true,
    deleted_ts: ts,
    previous_message: { text: 'two' },
  });
});

test('§6 a stopped stream comes as an ordinary message with its metadata and state', async () => {
  const { slack, api, openStream, received } = await scene();
  const { channel, ts } = await openStream({ markdown_text: 'a' });
  await api('chat.stopStream', { channel, ts, metadata: { event_type: 'e', event_payload: {} } });
  await slack.wait({ kind: 'delivery', state: 'acknowledged', count: 3 });
  const own = envelopes(received)
    .map(({ event }) => event)
    .filter((event) => event.ts === ts);
  expect(own).toMatchObject([
    { streaming_state: 'in_progress' },
    { streaming_state: 'completed', metadata: { event_type: 'e' } },
  ]);
});

test('§6 retries: at once, after 1 and 5 minutes (scaled), with number and reason, same event id', async () => {
  const { slack, received, reply } = await scene({ retryScale: 0.0001 });
  await slack.setApp({ subscriptions: ['app_mention'] });
  reply(() => ({ status: 500 }));
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  const delivery = await slack.waitForDelivery({ state: 'failed' });
  expect(delivery.attempts.map(({ retry, reason }) => [retry, reason])).toEqual([
    [0, null],
    [1, 'http_error'],
    [2, 'http_error'],
    [3, 'http_error'],
  ]);
  expect(received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
  expect(received[3]?.headers['x-slack-retry-reason']).toBe('http_error');
  expect(new Set(envelopes(received).map(({ event_id }) => event_id)).size).toBe(1);
});

test.each([
  ['late', 'never' as const, 'http_timeout'],
  ['lost', 'reset' as const, 'connection_failed'],
  ['redirected on and on', { status: 302, headers: { location: '/events' } }, 'too_many_redirects'],
])('§6 retries: an answer that is %s is tried again with reason', async (_name, first, reason) => {
  const { slack, reply } = await scene({
    retryScale: 0.0001,
    // Short only where the time must run out.
    ackTimeoutMs: first === 'never' ? 100 : 3_000,
  });
  await slack.setApp({ subscriptions: ['app_mention'] });
  reply(({ headers }) => (headers['x-slack-retry-num'] === '1' ? { status: 200 } : first));
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  const delivery = await slack.waitForDelivery({ state: 'acknowledged' });
  expect(delivery.attempts).toMatchObject([{ failure: reason }, { retry: 1, reason, status: 200 }]);
});

test('§6 x-slack-no-retry on a bad answer ends the retries', async () => {
  const { slack, received, reply } = await scene({ retryScale: 0 });
  await slack.setApp({ subscriptions: ['app_mention'] });
  reply(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  await slack.waitForDelivery({ state: 'failed' });
  expect(received).toHaveLength(1);
});

test('§6 url_verification is signed and wants the challenge back', async () => {
  const { slack, reply } = await scene();
  reply(({ body }) => ({
    status: 200,
    body: JSON.stringify({ challenge: (JSON.parse(body) as { challenge: string }).challenge }),
  }));
  expect(await slack.verifyUrl()).toMatchObject({ status: 200, verified: true });
  reply(() => ({ status: 200, body: 'no' }));
  expect(await slack.verifyUrl()).toMatchObject({ verified: false });
});

test('deliveries can be dropped, duplicated and swapped', async () => {
  const { slack, received } = await scene();
  await slack.setApp({ subscriptions: ['app_mention'] });
  const say = (text: string) => slack.post({ user: REQUESTER, channel: GENERAL, text: `@sluice ${text}` });
  await slack.faultDelivery({ event: 'app_mention', effect: 'drop', times: 1 });
  await say('dropped');
  await slack.faultDelivery({ effect: 'duplicate', count: 3, times: 1 });
  await say('three');
  await slack.waitForDelivery({ state: 'acknowledged', attempts: 3 });
  await slack.faultDelivery({ effect: 'hold', times: 1 });
  await say('second');
  await say('first');
  await slack.wait({ kind: 'delivery', state: 'acknowledged', count: 3 });
  const texts = envelopes(received).map(({ event }) => String(event.text).split(' ')[1]);
  expect(texts.slice(0, 3)).toEqual(['three', 'three', 'three']);
  expect(texts).not.toContain('dropped');
  expect(texts.slice(3)).toEqual(['first', 'second']);
});

test('an envelope can be sent again as it stands, many times at once, or with a wrong signature', async () => {
  const { slack, received } = await scene();
  await slack.setApp({ subscriptions: ['app_mention'] });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  const { payload } = await slack.waitForDelivery({ state: 'acknowledged' });
  const answers = await slack.deliver({ payload: payload as JsonObject, times: 8 });
  expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
  expect(new Set(received.map((one) => one.body)).size).toBe(1);
  await slack.deliver({ body: '{"a"', signingSecret: 'wrong', timestampSkewSeconds: -301 });
  const last = received.at(-1) as Received;
  expect(Number(last.headers['x-slack-request-timestamp'])).toBeLessThan(Date.now() / 1000 - 300);
});

test('§1.5 a stream that ends by itself or by a person comes as a message event with its state', async () => {
  const { openStream, slack } = await scene();
  const states = async (ts: string) => {
    const all = await slack.deliveries({ type: 'message' });
    const events = all.map((one) => (one.payload as { event: JsonObject }).event);
    return events.filter((event) => event.ts === ts).map((event) => event.streaming_state);
  };
  await slack.freezeClock();
  const late = await openStream();
  await slack.advanceClock(300_000);
  expect(await states(late.ts)).toEqual(['in_progress', 'errored']);
  const stopped = await openStream();
  await slack.stop({ user: REQUESTER, channel: GENERAL, thread_ts: stopped.threadTs });
  expect(await states(stopped.ts)).toEqual(['in_progress', 'completed']);
});

test("§6 a person's message to an agent carries a token for searching, the bot's own none", async () => {
  const { api, slack } = await scene();
  await slack.post({ user: REQUESTER, channel: DM, text: 'hi' });
  await api('chat.postMessage', { channel: DM, text: 'hello' });
  const events = (await slack.deliveries({ type: 'message' })).map(
    (one) => (one.payload as { event: JsonObject }).event,
  );
  expect(events.map((event) => event.assistant_thread)).toEqual([
    { action_token: expect.any(String) },
    undefined,
  ]);
});

test('the log of deliveries is bounded in bytes and in number', () => {
  const one = (size: number) => ({
    kind: 'events' as const,
    app: 'A',
    type: 'message',
    eventId: null,
    url: null,
    at: 0,
    payload: 'x'.repeat(size),
    state: 'failed' as const,
  });
  const log = new DeliveryLog(10_000);
  for (let n = 0; n < 50; n++) log.add(one(1_000));
  expect(log.all().length).toBeLessThan(11);
  log.add(one(50_000));
  expect(log.all().map(({ id }) => id)).toEqual([51]);
  const long = new DeliveryLog();
  for (let n = 0; n < 10_001; n++) long.add(one(1));
  expect(long.all()).toHaveLength(9_001);
});
