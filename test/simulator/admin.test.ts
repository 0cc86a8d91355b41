import { expect, test } from 'vitest';
import { startSlackSimulator } from '../../local/slack/server.ts';
import { GENERAL, REQUESTER, scene } from './support.ts';

test('wait: answers when the condition comes true, with what matched', async () => {
  const { slack, api } = await scene();
  const waiting = slack.waitForMessage({ channel: GENERAL, textIncludes: 'later', fromBot: true });
  await api('chat.postMessage', { channel: GENERAL, text: 'sooner' });
  await api('chat.postMessage', { channel: GENERAL, text: 'later' });
  expect(await waiting).toMatchObject({ text: 'later' });
});

test('wait: a button, its absence, a call count, a session, and that nothing matches', async () => {
  const { slack, api, openStream } = await scene();
  const { channel, ts, threadTs } = await openStream({ markdown_text: 'a' });
  await slack.waitForSession({ channel, thread_ts: threadTs, status: 'processing' });
  expect(await slack.waitForMessages({ textIncludes: 'nowhere', count: 0 })).toEqual([]);
  const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
  const waiting = slack.waitForMessage({ hasActionId: 'go', streaming_state: 'completed' });
  await api('chat.stopStream', { channel, ts, blocks: [{ type: 'actions', elements: [button] }] });
  expect((await waiting).ts).toBe(ts);
  await api('chat.update', { channel, ts, text: 'done', blocks: [] });
  await slack.waitForMessage({ ts, noActions: true });
  expect(await slack.waitForCalls({ method: 'chat.update', ok: true, count: 1 })).toHaveLength(1);
});

test('wait: 408 with a dump when the time is over', async () => {
  const { slack } = await scene();
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'what there was' });
  await expect(slack.waitForMessage({ textIncludes: 'never' }, 20)).rejects.toThrow(
    /408[\s\S]*what there was/,
  );
});

test('bodies are closed: an unknown key is named', async () => {
  const { slack } = await scene();
  const response = await fetch(`${slack.url}/_admin/act/post`, {
    method: 'POST',
    body: JSON.stringify({ user: REQUESTER, chanel: GENERAL, text: 'x' }),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('chanel');
});

test('the feed tells of messages as they grow, in batches', async () => {
  const { slack, openStream } = await scene();
  const response = await fetch(`${slack.url}/_admin/events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await openStream({ markdown_text: '**x**' });
  let seen = '';
  while (!seen.includes('in_progress')) seen += (await reader?.read())?.value ?? '';
  expect(seen).toContain('event: batch');
  expect(seen).toContain('"type":"message"');
  await reader?.cancel();
});

test('reset forgets messages, calls and faults; with world also what was created', async () => {
  const { slack, api } = await scene();
  await slack.fault({ effect: 'error', error: 'x' });
  await api('auth.test');
  await slack.createWorkspace({ name: 'Other' });
  await slack.reset();
  expect(await slack.calls()).toEqual([]);
  expect((await slack.state()).workspaces).toHaveLength(3);
  await slack.reset({ world: true });
  expect((await slack.state()).workspaces).toHaveLength(2);
  expect(await api('auth.test')).toMatchObject({ ok: true });
});

test('a port that is taken: a sentence that says what to do', async () => {
  const { slack } = await scene();
  const port = Number(new URL(slack.url).port);
  await expect(startSlackSimulator({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
});

test('reset: what was under way is not tried again; with the world, options and limits are as at the start', async () => {
  const { api, reply, received, slack } = await scene({ retryScale: 0 });
  let release: (() => void) | undefined;
  const asked = new Promise<void>((done) => {
    release = done;
  });
  await slack.setOptions({ ackTimeoutMs: 200, streamMaxBytes: 5 });
  await slack.setRateLimits({ enabled: false, rules: { 'auth.test': { perMinute: 0 } } });
  reply(() => {
    release?.();
    return 'never';
  });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  await asked;
  await slack.reset({ world: true });
  reply(() => ({ status: 200 }));
  const before = received.length;
  await expect(slack.waitForDelivery({}, 500)).rejects.toThrow('not within');
  expect(received.length).toBe(before);
  expect(await slack.setOptions({})).toMatchObject({ ackTimeoutMs: 3_000, streamMaxBytes: 11_000 });
  expect(await api('auth.test')).toMatchObject({ ok: true });
  expect(await slack.rateLimits()).toMatchObject({ enabled: true, counters: [{ rule: { perMinute: 300 } }] });
});
