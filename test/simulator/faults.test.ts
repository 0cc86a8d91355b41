import { expect, test } from 'vitest';
import { describeFault } from '../../local/slack/faults/describe.ts';
import type { Fault } from '../../local/slack/faults/faults.ts';
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

test('slow_body and truncated_json: applied, the answer late in pieces or cut in its middle', async () => {
  const { slack } = await scene();
  await slack.fault({ effect: 'slow_body', delayMs: 80, times: 1 });
  const began = performance.now();
  const slow = await call(slack.apiUrl);
  const head = performance.now() - began;
  expect(((await slow.json()) as { ok: boolean }).ok).toBe(true);
  expect(performance.now() - began).toBeGreaterThanOrEqual(70);
  expect(head).toBeLessThan(performance.now() - began);
  await slack.fault({ effect: 'truncated_json', times: 1 });
  const cut = await call(slack.apiUrl);
  expect(cut.status).toBe(200);
  await expect(cut.json()).rejects.toThrow(/JSON/);
  expect((await slack.state()).messages).toHaveLength(2);
  expect(await slack.calls()).toMatchObject([
    { applied: true, ok: true, fault: 'slow_body' },
    { applied: true, ok: false, error: 'http_200', fault: 'truncated_json' },
  ]);
});

test('reset cuts the connection, before or after the call was applied', async () => {
  const { slack } = await scene();
  for (const applied of [false, true]) {
    await slack.fault({ effect: 'reset', applied, times: 1 });
    const failed: unknown = await call(slack.apiUrl).catch((error: unknown) => error);
    expect(String((failed as Error & { cause?: { code?: string } }).cause?.code)).toBe('ECONNRESET');
    expect((await slack.state()).messages).toHaveLength(applied ? 1 : 0);
  }
});

test('hang: no answer until the app gives up', async () => {
  const { slack } = await scene();
  await slack.fault({ effect: 'hang', applied: true, times: 1 });
  const abort = new AbortController();
  const hanging = fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    signal: abort.signal,
    body: new URLSearchParams({ token: SEED.botToken, channel: GENERAL, text: 'x' }),
  });
  await slack.waitForMessage({ textIncludes: 'x' });
  expect(await slack.calls()).toEqual([]);
  abort.abort();
  await expect(hanging).rejects.toThrow();
  const logged = await slack.waitForCall({ method: 'chat.postMessage' });
  expect(logged).toMatchObject({ status: 0, applied: true, error: 'connection_closed' });
});

test('§2 a Retry-After that is no number is sent as it stands', async () => {
  const { slack } = await scene();
  await slack.fault({ effect: 'rate_limited', retryAfter: 'soon', times: 1 });
  const answer = await call(slack.apiUrl);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, 'soon']);
});

test('§1.6 a token can be refused for the next calls, or revoked for good', async () => {
  const { slack, api } = await scene();
  await slack.fault({ effect: 'error', error: 'token_expired', times: 2 });
  const errors = [];
  for (let n = 0; n < 3; n++) errors.push((await api('auth.test')).error);
  expect(errors).toEqual(['token_expired', 'token_expired', undefined]);
  await slack.fault({ method: 'auth.test', effect: 'revoke_token', times: 1 });
  expect(await api('auth.test')).toMatchObject({ error: 'token_revoked' });
  await slack.clearFaults();
  expect(await api('chat.postMessage', { channel: GENERAL, text: 'x' })).toMatchObject({
    error: 'token_revoked',
  });
});

test('a fault can be for one channel, also where the argument is channel_id', async () => {
  const { slack, api } = await scene();
  await slack.fault({ method: '*', channel: GENERAL, effect: 'error', error: 'x' });
  const status = { thread_ts: '1.000001', status: 'active' };
  const set = (channel_id: string) => api('agents.sessions.setStatus', { ...status, channel_id });
  expect(await set(GENERAL)).toMatchObject({ error: 'x' });
  expect(await set(SEED.channels.team)).toMatchObject({ ok: true });
});

test('a delivery fault can be for one URL', async () => {
  const { slack } = await scene();
  await slack.faultDelivery({ url: '/interactions', effect: 'drop' });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  await slack.waitForDelivery({ type: 'message', state: 'acknowledged' });
  await slack.faultDelivery({ url: '/events', effect: 'drop', times: 1 });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'y' });
  await slack.waitForDelivery({ type: 'message', state: 'dropped' });
});

test('response_url misbehaves as methods do: an answer lost after it was applied', async () => {
  const { slack, api } = await scene();
  const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
  const { ts } = await api('chat.postMessage', {
    channel: GENERAL,
    text: 'x',
    blocks: [{ type: 'actions', elements: [button] }],
  });
  const { payload } = await slack.click({
    user: REQUESTER,
    channel: GENERAL,
    ts: String(ts),
    action_id: 'go',
  });
  const { response_url: url } = payload as { response_url: string };
  const respond = () =>
    fetch(url, { method: 'POST', body: JSON.stringify({ text: 'done', replace_original: true }) });
  await slack.fault({ method: 'response_url', effect: 'drop_answer', times: 1 });
  await expect(respond()).rejects.toThrow();
  expect((await slack.message(GENERAL, String(ts)))?.text).toBe('done');
  await slack.fault({ method: 'response_url', effect: 'http_error', status: 500, times: 1 });
  expect((await respond()).status).toBe(500);
  expect((await respond()).status).toBe(200);
});

/** [fault, the sentence that the page shows] */
const SENTENCES: [Fault, string][] = [
  [{ target: 'api', method: '*', effect: 'http_error' }, 'Every call is answered 503.'],
  [
    { target: 'api', method: 'chat.*', effect: 'rate_limited', times: 2, retryAfter: null },
    'The next 2 calls of chat.* are answered 429 without Retry-After.',
  ],
  [
    { target: 'api', method: 'chat.update', effect: 'drop_answer', times: 1, channel: 'C1' },
    'The next call of chat.update in C1 is applied, but the answer is lost.',
  ],
  [
    { target: 'api', method: '*', effect: 'delay', delayMs: 1500, probability: 0.25, seed: 7 },
    'Every call is held up for 1.5 s and applied then. Only 25 % of them are hit, drawn from seed 7.',
  ],
  [
    { target: 'delivery', event: 'app_mention', effect: 'duplicate', count: 3 },
    'Every delivery of app_mention is sent 3 times at once.',
  ],
  [
    { target: 'delivery', event: '*', effect: 'skew', skewSeconds: -600, times: 1 },
    'The next delivery is signed with a time 600 s in the past.',
  ],
];

test.each(SENTENCES)('a fault as a sentence: %j', (fault, sentence) => {
  expect(describeFault(fault)).toBe(sentence);
});

test('the page is given the sentence, how often it hit, and what is left', async () => {
  const { slack, api } = await scene();
  await slack.fault({ method: 'auth.test', effect: 'error', error: 'x', times: 2 });
  await api('auth.test');
  const faults = (await (await fetch(`${slack.url}/_admin/faults`)).json()) as object[];
  expect(faults).toMatchObject([
    { hits: 1, left: 1, description: 'The next 2 calls of auth.test are answered with the error x.' },
  ]);
});
