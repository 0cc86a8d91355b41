import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { failureReason } from '../../local/slack/events/failure.ts';
import { EventHealth } from '../../local/slack/events/health.ts';
import { isTooLate, retryDelay } from '../../local/slack/events/retries.ts';
import { Shuffler } from '../../local/slack/events/shuffler.ts';
import { envelopes } from './event-support.ts';
import { GENERAL, REQUESTER, type Scene, scene } from './support.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const say = ({ slack }: Scene, text = 'hello') =>
  slack.post({ user: REQUESTER, channel: GENERAL, text: `@sluice ${text}` });

async function mentioned(options = {}): Promise<Scene> {
  const setting = await scene({ retryScale: 0, ...options });
  await setting.slack.setApp({ subscriptions: ['app_mention'] });
  return setting;
}

/** Where nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer();
  const url = await listening(server);
  await new Promise((done) => server.close(done));
  return url;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
}

/** A server that says something that is no HTTP. */
async function garbage(): Promise<string> {
  const server = createServer((socket) => socket.end('no http at all\r\n\r\n'));
  closers.push(() => server.close());
  return listening(server);
}

test.each<[string, (setting: Scene) => Promise<string> | string]>([
  ['ssl_error', ({ appUrl }) => appUrl.replace('http:', 'https:')],
  ['connection_failed', nobody],
  ['unknown_error', garbage],
])('§6 retry reason %s', async (reason, url) => {
  const setting = await mentioned();
  await setting.slack.setApp({ eventsUrl: await url(setting) });
  await say(setting);
  const { attempts } = await setting.slack.waitForDelivery({ state: 'failed' });
  expect(attempts.map(({ reason: given }) => given)).toEqual([null, reason, reason, reason]);
});

test.each([
  'http_timeout',
  'too_many_redirects',
  'connection_failed',
  'ssl_error',
  'http_error',
  'unknown_error',
] as const)('§6 retry reason %s can be asked for: the retry reaches the app and names it', async (reason) => {
  const setting = await mentioned();
  await setting.slack.faultDelivery({ effect: 'fail', reason, times: 1 });
  await say(setting);
  await setting.slack.waitForDelivery({ state: 'acknowledged' });
  expect(setting.received).toHaveLength(1);
  expect(setting.received[0]?.headers).toMatchObject({
    'x-slack-retry-num': '1',
    'x-slack-retry-reason': reason,
  });
});

test('§6 two redirects are followed, with the body and its signature', async () => {
  const setting = await mentioned();
  setting.reply(({ path }) => {
    const next = { '/events': '/one', '/one': '/two' }[path];
    return next ? { status: 302, headers: { location: next } } : { status: 200 };
  });
  await say(setting);
  await setting.slack.waitForDelivery({ state: 'acknowledged' });
  expect(setting.received.map(({ path }) => path)).toEqual(['/events', '/one', '/two']);
  expect(new Set(setting.received.map(({ body }) => body)).size).toBe(1);
});

test('§6 x-slack-no-retry on a 200 changes nothing, and cannot stop the retry of a timeout', async () => {
  const setting = await mentioned({ ackTimeoutMs: 100 });
  setting.reply(({ headers }) =>
    headers['x-slack-retry-num'] ? { status: 200, headers: { 'x-slack-no-retry': '1' } } : 'never',
  );
  await say(setting);
  const { attempts } = await setting.slack.waitForDelivery({ state: 'acknowledged' });
  expect(attempts).toMatchObject([{ failure: 'http_timeout' }, { status: 200 }]);
});

test('§6 retries wait 0 s, 1 min and 5 min: the clock brings them', async () => {
  const setting = await mentioned({ retryScale: 1 });
  const { slack } = setting;
  await slack.freezeClock();
  setting.reply(() => ({ status: 500 }));
  await say(setting);
  await slack.waitForDelivery({ attempts: 2 });
  await slack.advanceClock(59_000);
  expect((await slack.deliveries())[0]?.attempts).toHaveLength(2);
  await slack.advanceClock(1_000);
  await slack.waitForDelivery({ attempts: 3 });
  await slack.advanceClock(299_000);
  expect((await slack.deliveries())[0]?.attempts).toHaveLength(3);
  await slack.advanceClock(1_000);
  const { attempts } = await slack.waitForDelivery({ state: 'failed' });
  expect(attempts.map(({ at }) => at - (attempts[0]?.at ?? 0))).toEqual([0, 0, 60_000, 360_000]);
});

test('§6 Delayed Events: hourly for 24 hours after the three retries', async () => {
  const setting = await mentioned();
  await setting.slack.setApp({ delayedEvents: true });
  setting.reply(() => ({ status: 500 }));
  await say(setting);
  const { attempts } = await setting.slack.waitForDelivery({ state: 'failed' });
  expect(attempts).toHaveLength(1 + 3 + 24);
  expect([0, 1, 2, 3, 26, 27].map((tried) => retryDelay(tried, true))).toEqual([
    0,
    60_000,
    300_000,
    3_600_000,
    3_600_000,
    null,
  ]);
  expect(retryDelay(3, false)).toBeNull();
});

test('§6 without Delayed Events an event that is more than two hours late is dropped', async () => {
  expect(isTooLate(7_200_000, false)).toBe(false);
  expect(isTooLate(7_200_001, false)).toBe(true);
  expect(isTooLate(7_200_001, true)).toBe(false);
  const setting = await mentioned();
  const { slack } = setting;
  await slack.freezeClock();
  await slack.faultDelivery({ effect: 'hold', times: 1 });
  await say(setting, 'old');
  await slack.advanceClock(7_200_001);
  await say(setting, 'new');
  await slack.waitForDelivery({ state: 'dropped' });
  expect((await slack.deliveries()).map(({ state, droppedBecause }) => [state, droppedBecause])).toEqual([
    ['dropped', 'too_late'],
    ['acknowledged', undefined],
  ]);
});

test('§6 auto-disable: more than 95 % failures of enough events switch them off until an admin switches them on', async () => {
  const setting = await mentioned({ autoDisableMinEvents: 20 });
  const { slack } = setting;
  await slack.faultDelivery({ effect: 'fail', reason: 'http_error', times: 100 });
  setting.reply(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
  for (let sent = 0; sent < 20; sent++) await say(setting, `${sent}`);
  await slack.waitForDelivery({ state: 'failed', count: 20 });
  expect((await slack.state()).apps[0]?.eventsDisabled).toBe(true);
  await say(setting, 'while off');
  expect((await slack.deliveries()).at(-1)).toMatchObject({ state: 'dropped', droppedBecause: 'disabled' });
  await slack.clearFaults();
  setting.reply(() => ({ status: 200 }));
  await slack.setApp({ eventsDisabled: false });
  await say(setting, 'on again');
  await slack.waitForDelivery({ state: 'acknowledged' });
});

test.each([
  ['1,000 events, 4.9 % good', 1_000, 49, true],
  ['1,000 events, 5 % good', 1_000, 50, false],
  ['999 events, none good', 999, 0, false],
])('§6 auto-disable: %s', (_name, count, good, off) => {
  const health = new EventHealth();
  const noted = Array.from({ length: count }, (_, at) =>
    health.note('A', { at, ok: at < good, first: true }, 1_000),
  );
  expect(noted.at(-1)).toBe(off);
});

test('§6 auto-disable looks at the last 60 minutes only', () => {
  const health = new EventHealth();
  for (let at = 0; at < 999; at++) health.note('A', { at, ok: false, first: true }, 1_000);
  expect(health.note('A', { at: 3_600_500, ok: false, first: true }, 1_000)).toBe(false);
});

test('§6 the hourly limit: app_rate_limited at the top level once in each limited minute', async () => {
  const setting = await mentioned({ eventsPerHour: 2 });
  const { slack } = setting;
  await slack.freezeClock();
  for (const text of ['one', 'two', 'three', 'four']) await say(setting, text);
  await slack.waitForDelivery({ type: 'app_rate_limited', state: 'acknowledged' });
  await slack.waitForDelivery({ type: 'app_mention', state: 'acknowledged', count: 2 });
  const limited = envelopes(setting).filter(({ type }) => type === 'app_rate_limited');
  const { now } = (await slack.state()).clock;
  expect(limited).toEqual([
    {
      token: 'sluice-verification-token',
      type: 'app_rate_limited',
      team_id: 'T0SLUICE001',
      minute_rate_limited: Math.floor(now / 60_000) * 60,
      api_app_id: 'A0SLUICE001',
    },
  ]);
  const dropped = (await slack.deliveries()).filter(({ state }) => state === 'dropped');
  expect(dropped.map(({ droppedBecause }) => droppedBecause)).toEqual(['rate_limited', 'rate_limited']);
  await slack.advanceClock(60_000);
  await say(setting, 'five');
  await slack.waitForDelivery({ type: 'app_rate_limited', state: 'acknowledged', count: 2 });
  await slack.advanceClock(3_600_000);
  await say(setting, 'six');
  await slack.waitForDelivery({ type: 'app_mention', state: 'acknowledged', count: 3 });
});

/** The order in which a shuffler lets numbers go. */
async function shuffled(shuffler: Shuffler, seed: number, count: number): Promise<number[]> {
  const order: number[] = [];
  await new Promise<void>((done) => {
    for (let at = 0; at < count; at++) {
      const go = () => order.push(at) === count && done();
      shuffler.add(go, { seed, windowMs: 0 });
    }
  });
  return order;
}

test('§6 order is not guaranteed: a seed draws it, the same seed the same', async () => {
  const first = await shuffled(new Shuffler(), 7, 20);
  expect(first.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at));
  expect(first).not.toEqual(first.toSorted((a, b) => a - b));
  expect(await shuffled(new Shuffler(), 7, 20)).toEqual(first);
  expect(await shuffled(new Shuffler(), 8, 20)).not.toEqual(first);
  const again = new Shuffler();
  expect(await shuffled(again, 7, 20)).not.toEqual(await shuffled(again, 7, 20));
});

test('§6 order is not guaranteed: events arrive shuffled, each once', async () => {
  const setting = await mentioned({ shuffleSeed: 7 });
  const sent = Array.from({ length: 12 }, (_, at) => `number ${at}`);
  for (const text of sent) await say(setting, text);
  await setting.slack.waitForDelivery({ state: 'acknowledged', count: 12 });
  const arrived = envelopes(setting).map(({ event }) => String(event.text).replace(/^<@\w+> /, ''));
  expect(arrived.toSorted()).toEqual(sent.toSorted());
  expect(arrived).not.toEqual(sent);
});

test('§6 at least once: a delivery can be doubled, with the same event id', async () => {
  const setting = await mentioned();
  await setting.slack.faultDelivery({ effect: 'duplicate', count: 3, times: 1 });
  await say(setting);
  await setting.slack.waitForDelivery({ state: 'acknowledged', attempts: 3 });
  expect(new Set(envelopes(setting).map(({ event_id }) => event_id)).size).toBe(1);
  expect(envelopes(setting)).toHaveLength(3);
});

test.each([
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'ssl_error'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'ssl_error'],
  ['EPROTO', 'ssl_error'],
  ['CERT_HAS_EXPIRED', 'ssl_error'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ssl_error'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'ssl_error'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ssl_error'],
  ['ECONNREFUSED', 'connection_failed'],
  ['ECONNRESET', 'connection_failed'],
  ['ENOTFOUND', 'connection_failed'],
  ['EAI_AGAIN', 'connection_failed'],
  ['UND_ERR_SOCKET', 'connection_failed'],
  ['HPE_INVALID_CONSTANT', 'unknown_error'],
])('§6 retry reason of a connection that ends with %s: %s', (code, reason) => {
  const cause = Object.assign(new Error('inner'), { code });
  expect(failureReason(new TypeError('fetch failed', { cause }))).toBe(reason);
  expect(failureReason(new AggregateError([cause]))).toBe(reason);
});
