import { expect, test } from 'vitest';
import type { Json } from '../../local/slack/json.ts';
import { DM, messagesOf, REQUESTER, SEED, scene, text } from './support.ts';

/** A thread in a DM, and calls about it. */
async function thread() {
  const setting = await scene();
  await setting.slack.freezeClock();
  const { ts } = await setting.slack.post({ user: REQUESTER, channel: DM, text: 'hi' });
  const call = (method: string, args: Record<string, Json>) =>
    setting.api(`assistant.threads.${method}`, { channel_id: DM, thread_ts: ts, ...args });
  return {
    ...setting,
    ts,
    call,
    say: (status: string, more: Record<string, Json> = {}) => call('setStatus', { status, ...more }),
    session: () => setting.slack.session(DM, ts),
  };
}

test('§10.2 setStatus: words below the thread, and the session is processing; "" clears both', async () => {
  const { say, session } = await thread();
  expect(await say('is looking…', { loading_messages: ['Reading', 'Thinking'] })).toEqual({ ok: true });
  expect(await session()).toMatchObject({
    status: 'processing',
    loading: { app: SEED.app, text: 'is looking…', messages: ['Reading', 'Thinking'] },
  });
  await say('');
  expect(await session()).toMatchObject({ status: 'active', loading: null });
});

test('§10.2 setStatus: gone after two minutes, also for who only watches', async () => {
  const { say, session, slack, ts } = await thread();
  await say('is looking…');
  await slack.advanceClock(119_999);
  expect((await session())?.loading).not.toBeNull();
  const watching = slack.waitForSession({ channel: DM, thread_ts: ts, status: 'active' });
  await slack.advanceClock(1);
  await watching;
  expect((await session())?.loading).toBeNull();
});

test("§10.2 setStatus: the app's reply clears it, a person's and an ephemeral one do not", async () => {
  const { say, session, slack, api, ts } = await thread();
  await say('is looking…');
  await slack.post({ user: REQUESTER, channel: DM, text: 'well?', thread_ts: ts });
  await api('chat.postEphemeral', { channel: DM, user: REQUESTER, thread_ts: ts, text: 'psst' });
  expect((await session())?.loading?.text).toBe('is looking…');
  await api('chat.postMessage', { channel: DM, thread_ts: ts, text: 'done' });
  expect(await session()).toMatchObject({ status: 'active', loading: null });
});

test('§10.2 one slot: the last writer of setStatus and agents.sessions.setStatus wins', async () => {
  const { say, session, api, ts } = await thread();
  await say('is looking…');
  await api('agents.sessions.setStatus', { channel_id: DM, thread_ts: ts, status: 'suspended' });
  expect(await session()).toMatchObject({ status: 'suspended', loading: null });
  await say('goes on…');
  expect(await session()).toMatchObject({ status: 'processing', loading: { text: 'goes on…' } });
});

test('§1.10 start and each append of a stream displace the status', async () => {
  const { say, session, api, ts } = await thread();
  await say('is looking…');
  const stream = await api('chat.startStream', { channel: DM, thread_ts: ts });
  expect(await session()).toMatchObject({ status: 'processing', loading: null });
  await say('is writing…');
  expect((await session())?.loading).not.toBeNull();
  await api('chat.appendStream', { channel: DM, ts: String(stream.ts), chunks: [text('a')] });
  expect((await session())?.loading).toBeNull();
});

test('§10.2 setStatus: chat:write or assistant:write', async () => {
  const { say, slack } = await thread();
  for (const scope of ['chat:write', 'assistant:write']) {
    await slack.setInstallation({ scopes: [scope] });
    expect(await say('x')).toMatchObject({ ok: true });
  }
  await slack.setInstallation({ scopes: ['channels:read'] });
  expect(await say('x')).toMatchObject({ error: 'missing_scope' });
});

test('§10.2 setStatus: 1 to 10 loading messages of at most 50 characters', async () => {
  const { say } = await thread();
  const ten = Array.from({ length: 10 }, () => 'x'.repeat(50));
  expect(await say('x', { loading_messages: ten })).toMatchObject({ ok: true });
  for (const wrong of [[], [...ten, 'x'], ['x'.repeat(51)], ['']]) {
    expect(await say('x', { loading_messages: wrong })).toMatchObject({ error: 'invalid_arguments' });
  }
  const answer = await say('x', { loading_messages: ['a', 'x'.repeat(51)] });
  expect(messagesOf(answer)).toEqual([
    '[ERROR] must be less than 51 characters [json-pointer:/loading_messages/1]',
  ]);
});

test('§10.2 setTitle: the title of the session; needs assistant:write', async () => {
  const { call, session, slack } = await thread();
  expect(await call('setTitle', { title: 'First' })).toEqual({ ok: true });
  await call('setTitle', { title: 'Second' });
  expect(await session()).toMatchObject({ title: 'Second', status: 'active' });
  await slack.setInstallation({ scopes: ['chat:write'] });
  expect(await call('setTitle', { title: 'x' })).toMatchObject({
    error: 'missing_scope',
    needed: 'assistant:write',
  });
});

const prompt = (title: string) => ({ title, message: `${title}!` });

test('§10.2 setSuggestedPrompts: one to four; with thread_ts nothing is shown, silently', async () => {
  const { api, slack, ts } = await thread();
  const offer = (args: Record<string, Json>) =>
    api('assistant.threads.setSuggestedPrompts', { channel_id: DM, ...args });
  for (const prompts of [[], ['a', 'b', 'c', 'd', 'e'].map(prompt), [{ title: 'a' }]]) {
    expect(await offer({ prompts })).toMatchObject({ error: 'invalid_arguments' });
  }
  expect(await offer({ prompts: [prompt('a')], thread_ts: ts })).toEqual({ ok: true });
  expect((await slack.state()).prompts).toEqual({});
  expect((await slack.calls()).at(-1)?.notes[0]).toContain('thread_ts');
  const four = ['a', 'b', 'c', 'd'].map(prompt);
  expect(await offer({ prompts: four, title: 'Try' })).toEqual({ ok: true });
  expect((await slack.state()).prompts).toEqual({ [DM]: { app: SEED.app, title: 'Try', prompts: four } });
});

test('§10.2 setSuggestedPrompts: not_agent_app', async () => {
  const { call, slack } = await thread();
  await slack.setApp({ isAgent: false });
  expect(await call('setSuggestedPrompts', { prompts: [prompt('a')] })).toMatchObject({
    error: 'not_agent_app',
  });
});
