import { expect, test } from 'vitest';
import { RateWindows } from '../../local/slack/limits/windows.ts';
import { GENERAL, REQUESTER, SEED, scene } from './support.ts';

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
