import { expect, test } from 'vitest';
import { GENERAL, REQUESTER, SEED, scene } from './support.ts';

const call = (url: string) =>
  fetch(`${url}chat.postMessage`, {
    method: 'POST',
    body: new URLSearchParams({ token: SEED.botToken, channel: GENERAL, text: 'x' }),
  });

test('drop_request closes the connection and applies nothing; drop_answer applies first', async () => {
  const { slack } = await scene();
  await slack.fault({ method: 'chat.postMessage', effect: 'drop_request', times: 1 });
  await expect(call(slack.apiUrl)).rejects.toThrow();
  expect((await slack.state()).messages).toHaveLength(0);
  await slack.fault({ method: 'chat.postMessage', effect: 'drop_answer', times: 1 });
  await expect(call(slack.apiUrl)).rejects.toThrow();
  expect((await slack.state()).messages).toHaveLength(1);
  expect(await slack.calls()).toMatchObject([
    { status: 0, applied: false, fault: 'drop_request' },
    { status: 0, applied: true, fault: 'drop_answer' },
  ]);
  expect((await call(slack.apiUrl)).status).toBe(200);
});

test('http_error, html, 429 with and without Retry-After, platform error', async () => {
  const { slack } = await scene();
  const next = async (fault: Parameters<typeof slack.fault>[0]) => {
    await slack.fault({ times: 1, ...fault });
    return call(slack.apiUrl);
  };
  expect((await next({ effect: 'http_error', status: 502 })).status).toBe(502);
  const html = await next({ effect: 'html' });
  expect([html.status, html.headers.get('content-type'), (await html.text()).slice(0, 9)]).toEqual([
    200,
    'text/html; charset=utf-8',
    '<!DOCTYPE',
  ]);
  const limited = await next({ effect: 'rate_limited', retryAfter: 7 });
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  expect((await next({ effect: 'rate_limited', retryAfter: null })).headers.has('retry-after')).toBe(false);
  expect(await (await next({ effect: 'error', error: 'fatal_error' })).json()).toEqual({
    ok: false,
    error: 'fatal_error',
  });
  expect((await slack.state()).messages).toHaveLength(0);
  expect((await next({ effect: 'http_error', applied: true })).status).toBe(503);
  expect((await slack.state()).messages).toHaveLength(1);
});

test('delay: before the call, or after it was applied', async () => {
  const { slack, api } = await scene();
  await slack.fault({ method: 'chat.postMessage', effect: 'delay', delayMs: 60, times: 1 });
  await slack.fault({ method: 'chat.postMessage', effect: 'delay', delayMs: 60, times: 1, applied: true });
  const began = performance.now();
  await api('chat.postMessage', { channel: GENERAL, text: 'before' });
  expect(performance.now() - began).toBeGreaterThanOrEqual(55);
  const late = api('chat.postMessage', { channel: GENERAL, text: 'after' });
  await slack.waitForMessage({ textIncludes: 'after' });
  expect(await slack.calls({ method: 'chat.postMessage' })).toHaveLength(1);
  expect(await late).toMatchObject({ ok: true });
});

test('Slack down: every method 503 until cleared; a prefix hits a family', async () => {
  const { slack, api } = await scene();
  await slack.slackDown();
  for (const method of ['auth.test', 'chat.update', 'users.info']) {
    expect((await fetch(slack.apiUrl + method, { method: 'POST' })).status).toBe(503);
  }
  await slack.clearFaults();
  await slack.fault({ method: 'users.*', effect: 'error', error: 'x' });
  expect(await api('auth.test')).toMatchObject({ ok: true });
  expect(await api('users.info', { user: REQUESTER })).toMatchObject({ error: 'x' });
});

test('probability with a seed: the same seed gives the same run', async () => {
  const runs: string[] = [];
  for (const seed of [7, 7, 8]) {
    const { slack, api } = await scene();
    await slack.fault({ method: 'auth.test', effect: 'error', error: 'x', probability: 0.5, seed });
    let run = '';
    for (let n = 0; n < 24; n++) run += (await api('auth.test')).ok ? '.' : 'x';
    runs.push(run);
  }
  expect(runs[0]).toBe(runs[1]);
  expect(runs[0]).not.toBe(runs[2]);
  expect(runs[0]).toMatch(/x.*\.|\..*x/);
});
