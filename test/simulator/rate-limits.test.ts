import { expect, test } from 'vitest';
import { type Tier, tierOf } from '../../local/slack/limits/tiers.ts';
import { RateWindows } from '../../local/slack/limits/windows.ts';
import { DM, GENERAL, REQUESTER, SEED, scene } from './support.ts';

const who = { app: 'A', team: 'T', method: 'chat.startStream' };

test('§2 a sliding window: the 21st call of a Tier 2 method within 60 s waits until the first one leaves', () => {
  const windows = new RateWindows({});
  for (let at = 0; at < 20; at++) expect(windows.take(who, at * 1_000)).toBe(0);
  expect(windows.take(who, 20_000)).toBe(40);
  expect(windows.take(who, 59_999)).toBe(1);
  expect(windows.take(who, 60_000)).toBe(0);
  expect(windows.take(who, 60_001)).toBe(1);
});

test('§2 it is a window, not a bucket: a burst at its end and one at the next beginning count together', () => {
  const windows = new RateWindows({});
  for (let n = 0; n < 20; n++) windows.take(who, 59_000);
  expect(windows.take(who, 61_000)).toBe(58);
  expect(windows.counters(61_000)[0]).toMatchObject({ accepted: 20, refused: 1, inWindow: 20, peak: 20 });
});

test('§2 limits are per method, workspace and app', () => {
  const windows = new RateWindows({ 'chat.startStream': { perMinute: 1 } });
  expect(windows.take(who, 0)).toBe(0);
  expect(windows.take({ ...who, team: 'T2' }, 0)).toBe(0);
  expect(windows.take({ ...who, app: 'A2' }, 0)).toBe(0);
  expect(windows.take({ ...who, method: 'chat.stopStream' }, 0)).toBe(0);
  expect(windows.take(who, 0)).toBe(60);
});

test('§2 a burst may be allowed on top', () => {
  const windows = new RateWindows({ 'chat.startStream': { perMinute: 1, burst: 1 } });
  expect([0, 0, 0].map((now) => windows.take(who, now))).toEqual([0, 0, 60]);
});

test('§2 chat.postMessage: about one a second per channel, with a burst', () => {
  const windows = new RateWindows({});
  const post = (channel: string, now: number) =>
    windows.take({ ...who, method: 'chat.postMessage', channel }, now);
  expect([1, 2, 3, 4, 5].map(() => post('C1', 0))).toEqual([0, 0, 0, 0, 0]);
  expect(post('C1', 500)).toBe(1);
  expect(post('C2', 500)).toBe(0);
  expect(post('C1', 1_000)).toBe(0);
});

test('§2 over the limit: 429, Retry-After in whole seconds, ratelimited; nothing is applied', async () => {
  const { slack } = await scene({ rateLimits: { 'chat.postMessage': { perMinute: 1 } } });
  const call = () =>
    fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      body: new URLSearchParams({ token: SEED.botToken, channel: GENERAL, text: 'x' }),
    });
  expect((await call()).status).toBe(200);
  const refused = await call();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await refused.json()).toEqual({ ok: false, error: 'ratelimited' });
  expect((await slack.state()).messages).toHaveLength(1);
  const { counters } = await slack.rateLimits();
  expect(counters).toMatchObject([{ method: 'chat.postMessage', accepted: 1, refused: 1 }]);
});

test('§1.7 tiers of the stream methods; appendStream can be set to Tier 3', async () => {
  const { slack, openStream, api } = await scene();
  const { channel, ts } = await openStream();
  await api('chat.appendStream', { channel, ts, markdown_text: 'a' });
  const rules = async () =>
    Object.fromEntries(
      (await slack.rateLimits()).counters.map(({ method, rule }) => [method, rule.perMinute]),
    );
  expect(await rules()).toMatchObject({ 'chat.startStream': 20, 'chat.appendStream': 100 });
  await slack.setRateLimits({ rules: { 'chat.appendStream': { perMinute: 50 } } });
  expect(await rules()).toMatchObject({ 'chat.appendStream': 50 });
});

test('§2 the window moves with the clock', async () => {
  const { slack, api } = await scene({ rateLimits: { 'users.info': { perMinute: 1 } } });
  await slack.freezeClock();
  const call = () => api('users.info', { user: REQUESTER });
  expect(await call()).toMatchObject({ ok: true });
  expect(await call()).toMatchObject({ error: 'ratelimited' });
  await slack.advanceClock(60_000);
  expect(await call()).toMatchObject({ ok: true });
});

/** [method, its tier, calls in a minute] as §2 names them */
const TIERS: [string, Tier, number][] = [
  ['apps.uninstall', 1, 1],
  ['apps.manifest.create', 1, 1],
  ['chat.startStream', 2, 20],
  ['chat.stopStream', 2, 20],
  ['conversations.list', 2, 20],
  ['conversations.create', 2, 20],
  ['users.list', 2, 20],
  ['reactions.remove', 2, 20],
  ['chat.update', 3, 50],
  ['chat.delete', 3, 50],
  ['chat.scheduleMessage', 3, 50],
  ['agents.sessions.setStatus', 3, 50],
  ['agents.sessions.rename', 3, 50],
  ['auth.revoke', 3, 50],
  ['conversations.history', 3, 50],
  ['conversations.replies', 3, 50],
  ['conversations.info', 3, 50],
  ['conversations.open', 3, 50],
  ['users.lookupByEmail', 3, 50],
  ['team.info', 3, 50],
  ['bots.info', 3, 50],
  ['reactions.add', 3, 50],
  ['files.list', 3, 50],
  ['oauth.v2.exchange', 3, 50],
  ['chat.appendStream', 4, 100],
  ['chat.postEphemeral', 4, 100],
  ['assistant.threads.setTitle', 4, 100],
  ['assistant.threads.setSuggestedPrompts', 4, 100],
  ['conversations.members', 4, 100],
  ['users.info', 4, 100],
  ['views.open', 4, 100],
  ['views.publish', 4, 100],
  ['files.getUploadURLExternal', 4, 100],
  ['files.completeUploadExternal', 4, 100],
  ['files.info', 4, 100],
  ['assistant.threads.setStatus', 'special', 600],
];

test.each(TIERS)('§2 tier of %s: %s, %i in any minute', (method, tier, perMinute) => {
  const windows = new RateWindows({});
  const calls = Array.from({ length: perMinute + 1 }, () => windows.take({ ...who, method }, 0));
  expect(calls.filter((wait) => wait === 0)).toHaveLength(perMinute);
  expect(calls.at(-1)).toBe(60);
  expect(tierOf(method)).toBe(tier);
});

test('§2 chat.postMessage: 60 in any minute in one channel, 300 over all channels', () => {
  const windows = new RateWindows({});
  const post = (channel: string, now: number) =>
    windows.take({ ...who, method: 'chat.postMessage', channel }, now);
  for (let second = 0; second < 60; second++) expect(post('C1', second * 900)).toBe(0);
  expect(post('C1', 59_000)).toBe(1);
  for (let n = 0; n < 240; n++) expect(post(`C${100 + n}`, 59_000)).toBe(0);
  expect(post('C9', 59_000)).toBe(1);
});

test('§2 unlisted apps read with one request a minute; others as before', async () => {
  const { api, slack } = await scene();
  const read = () => api('conversations.history', { channel: GENERAL });
  await slack.setApp({ distribution: 'marketplace' });
  expect((await read()).ok && (await read()).ok).toBe(true);
  await slack.resetRateLimits();
  await slack.setApp({ distribution: 'unlisted' });
  expect(await read()).toMatchObject({ ok: true });
  expect(await read()).toMatchObject({ error: 'ratelimited' });
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  const replies = () => api('conversations.replies', { channel: GENERAL, ts });
  expect(await replies()).toMatchObject({ ok: true });
  expect(await replies()).toMatchObject({ error: 'ratelimited' });
});

test('§2 counters tell the limit and when the next call fits', () => {
  const windows = new RateWindows({ 'chat.startStream': { perMinute: 2, burst: 1 } });
  for (const now of [0, 1_000, 2_000]) windows.take(who, now);
  expect(windows.counter(who, 10_000)).toMatchObject({ limit: 3, inWindow: 3, freeInMs: 50_000, tier: 2 });
  expect(windows.counter(who, 60_000)).toMatchObject({ inWindow: 2, freeInMs: 0, peak: 3 });
  expect(windows.counter({ ...who, method: 'x' }, 0)).toBeUndefined();
});

test('§2 a limit of 0 lets nothing pass', () => {
  const windows = new RateWindows({ 'chat.startStream': { perMinute: 0 } });
  expect(windows.take(who, 0)).toBe(60);
});

test('thousands of calls a minute are counted quickly and forgotten', () => {
  const windows = new RateWindows({ 'chat.startStream': { perMinute: 1_000_000 } });
  const began = performance.now();
  for (let n = 0; n < 200_000; n++) windows.take(who, n);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(windows.counter(who, 200_000)).toMatchObject({ inWindow: 59_999, accepted: 200_000 });
});

test('§2 chat.postMessage: a person and the DM with them are one channel', async () => {
  const { api, slack } = await scene({ withApp: false });
  await slack.setRateLimits({ rules: { 'chat.postMessage': { perChannelSecond: 1, channelBurst: 0 } } });
  await slack.freezeClock();
  expect(await api('chat.postMessage', { channel: DM, text: 'x' })).toMatchObject({ ok: true });
  expect(await api('chat.postMessage', { channel: REQUESTER, text: 'x' })).toMatchObject({
    error: 'ratelimited',
  });
});
