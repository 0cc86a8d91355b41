import { expect, test } from 'vitest';
import { REQUESTER, scene, task, text } from './support.ts';

test('§1.8 lifetime: 300 s from start, appends do not extend it; then errored', async () => {
  const { api, openStream, slack } = await scene();
  await slack.freezeClock();
  const { channel, ts, threadTs } = await openStream({ chunks: [text('a')] });
  await slack.advanceClock(299_000);
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('b')] })).toMatchObject({ ok: true });
  await slack.advanceClock(1_000);
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('c')] })).toMatchObject({
    error: 'message_not_in_streaming_state',
  });
  expect(await api('chat.stopStream', { channel, ts })).toMatchObject({
    error: 'message_not_in_streaming_state',
  });
  expect((await slack.message(channel, ts))?.streamingState).toBe('errored');
  expect((await slack.session(channel, threadTs))?.status).toBe('active');
});

test('§1.8 lifetime as idle timeout, by option', async () => {
  const { api, openStream, slack } = await scene({ streamLifetime: 'idle' });
  await slack.freezeClock();
  const { channel, ts } = await openStream();
  await slack.advanceClock(299_000);
  await api('chat.appendStream', { channel, ts, chunks: [text('b')] });
  await slack.advanceClock(299_000);
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('c')] })).toMatchObject({ ok: true });
});

test('§1.8 lifetime: who only watches is told too', async () => {
  const { openStream, slack } = await scene({ streamLifetimeMs: 30 });
  const { ts } = await openStream();
  const message = await slack.waitForMessage({ ts, streaming_state: 'errored' });
  expect(message.ts).toBe(ts);
});

test('§1.8 lifetime as idle timeout: who only watches is told, however often it was put off', async () => {
  const { api, openStream, slack } = await scene({ streamLifetime: 'idle', streamLifetimeMs: 60 });
  const began = performance.now();
  const { channel, ts } = await openStream();
  await api('chat.appendStream', { channel, ts, chunks: [text('a')] });
  await slack.waitForMessage({ ts, streaming_state: 'errored' });
  // A wait looks once more when its time is over: it must not have come to that.
  expect(performance.now() - began).toBeLessThan(4_000);
});

test('§1.8 update: refused while streaming, allowed afterwards, replaces and marks edited', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({ chunks: [task('t', 'T', 'complete'), text('a')] });
  expect(await api('chat.update', { channel, ts, text: 'b', blocks: [] })).toMatchObject({
    error: 'streaming_state_conflict',
  });
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('b')] })).toMatchObject({ ok: true });
  await api('chat.stopStream', { channel, ts });
  expect(await api('chat.update', { channel, ts, text: 'b', blocks: [] })).toMatchObject({ ok: true });
  const message = await slack.message(channel, ts);
  expect(message?.edited).toBeDefined();
  expect(JSON.stringify(message?.blocks)).not.toContain('task_card');
});

test('§1.8 a person stops: stopped_by_user, the session keeps its status, agent_session_stopped goes out', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts, threadTs } = await openStream({ chunks: [text('a')] });
  expect(await slack.stop({ user: REQUESTER, channel, thread_ts: threadTs })).toEqual({ stopped: [ts] });
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('b')] })).toMatchObject({
    error: 'stopped_by_user',
  });
  expect(await api('chat.stopStream', { channel, ts })).toMatchObject({ error: 'stopped_by_user' });
  expect((await slack.session(channel, threadTs))?.status).toBe('processing');
  const delivery = await slack.waitForDelivery({ type: 'agent_session_stopped', state: 'acknowledged' });
  expect(delivery.payload).toMatchObject({
    event: { channel, user: REQUESTER, thread_ts: threadTs, streaming_message_ts: [ts] },
  });
});

test('§1.9 size: text once, titles once, details and output twice, in UTF-8 bytes, once there is body text', async () => {
  const { api, openStream, slack } = await scene({ streamMaxBytes: 100 });
  const { channel, ts } = await openStream({
    chunks: [task('t', 'x'.repeat(10), 'complete', { details: 'y'.repeat(30) })],
  });
  expect((await slack.message(channel, ts))?.stream?.bytes).toBe(0);
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('é'.repeat(15))] })).toMatchObject({
    ok: true,
  });
  expect((await slack.message(channel, ts))?.stream?.bytes).toBe(100);
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('z')] })).toMatchObject({
    error: 'msg_too_long',
  });
  expect(await api('chat.stopStream', { channel, ts })).toMatchObject({ ok: true });
});

test('§1.9 size: 11,000 bytes by default; cards alone are not limited', async () => {
  const { api, openStream } = await scene();
  const { channel, ts } = await openStream({
    chunks: [task('t', 'T', 'complete', { details: 'd'.repeat(20_000) })],
  });
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('a')] })).toMatchObject({
    error: 'msg_too_long',
  });
  const other = await openStream({ chunks: [text('a'.repeat(11_000))] });
  expect(await api('chat.appendStream', { channel, ts: other.ts, chunks: [text('a')] })).toMatchObject({
    error: 'msg_too_long',
  });
});

test('§1.10 session: start sets processing, stop sets session_status, default active', async () => {
  const { api, openStream, slack } = await scene();
  const first = await openStream();
  expect((await slack.session(first.channel, first.threadTs))?.status).toBe('processing');
  await api('chat.stopStream', { channel: first.channel, ts: first.ts, session_status: 'suspended' });
  expect((await slack.session(first.channel, first.threadTs))?.status).toBe('suspended');
  const second = await openStream();
  await api('chat.stopStream', { channel: second.channel, ts: second.ts });
  expect((await slack.session(second.channel, second.threadTs))?.status).toBe('active');
  const third = await openStream();
  const wrong = await api('chat.stopStream', {
    channel: third.channel,
    ts: third.ts,
    session_status: 'done',
  });
  expect(wrong).toMatchObject({ error: 'invalid_arguments' });
});
