import { expect, test } from 'vitest';
import { DM, GENERAL, messagesOf, REQUESTER, SEED, scene, task, text } from './support.ts';

const recipients = { recipient_user_id: REQUESTER, recipient_team_id: SEED.team };

test('§1.1 only bot tokens may stream', async () => {
  const { slack } = await scene();
  const answer = await slack.api('chat.startStream', 'xoxp-user', { channel: GENERAL });
  expect(answer).toMatchObject({ ok: false, error: 'not_allowed_token_type' });
});

test('§1.1 username needs chat:write.customize', async () => {
  const { api } = await scene();
  const answer = await api('chat.startStream', { channel: GENERAL, username: 'x' });
  expect(answer).toMatchObject({ error: 'missing_scope', needed: 'chat:write.customize' });
});

test.each([
  ['omitted', {}],
  ['empty', { thread_ts: '' }],
  ['zero', { thread_ts: '0' }],
  ['malformed', { thread_ts: 'abc' }],
  ['unknown', { thread_ts: '1700000000.000001' }],
])('§1.2 thread_ts: %s is invalid_thread_ts', async (_name, args) => {
  const { api } = await scene();
  const answer = await api('chat.startStream', { channel: GENERAL, ...recipients, ...args });
  expect(answer).toMatchObject({ ok: false, error: 'invalid_thread_ts' });
});

test('§1.2 recipients: both are required outside DMs', async () => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const args = { channel: GENERAL, thread_ts: ts };
  expect(await api('chat.startStream', args)).toMatchObject({ error: 'missing_recipient_user_id' });
  expect(await api('chat.startStream', { ...args, recipient_user_id: REQUESTER })).toMatchObject({
    error: 'missing_recipient_team_id',
  });
});

test('§1.2 recipients: a DM needs none; without thread_ts it depends on the option', async () => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: DM, text: 'hi' });
  expect(await api('chat.startStream', { channel: DM, thread_ts: ts })).toMatchObject({ ok: true });
  expect(await api('chat.startStream', { channel: DM })).toMatchObject({ error: 'invalid_thread_ts' });
  await slack.setOptions({ dmStreamNeedsThread: false });
  expect(await api('chat.startStream', { channel: DM })).toMatchObject({ ok: true });
});

test('§1.2 markdown_text and chunks together are refused; display mode is checked', async () => {
  const { api } = await scene();
  expect(await api('chat.startStream', { channel: GENERAL, markdown_text: 'a', chunks: [] })).toMatchObject({
    error: 'cannot_provide_both_markdown_text_and_chunks',
  });
  expect(await api('chat.startStream', { channel: GENERAL, task_display_mode: 'tree' })).toMatchObject({
    error: 'invalid_arguments',
  });
});

test('§1.2 reply_broadcast is accepted and ignored', async () => {
  const { openStream, slack } = await scene();
  const { channel, ts } = await openStream({ reply_broadcast: true });
  expect((await slack.message(channel, ts))?.broadcast).toBeUndefined();
});

test('§1.3 chunks: a bad one is refused with a pointer and nothing is applied', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream();
  const answer = await api('chat.appendStream', {
    channel,
    ts,
    chunks: [text('a'), task('t', 'T', 'completed')],
  });
  expect(answer).toMatchObject({ ok: false, error: 'invalid_chunks' });
  expect(messagesOf(answer)[0]).toContain('[json-pointer:/chunks/1/status]');
  expect((await slack.message(channel, ts))?.blocks).toEqual([]);
});

test('§1.3 chunks: same id is one card; title and status replace, details append', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({
    chunks: [task('t1', 'Look', 'in_progress', { details: 'one' })],
  });
  await api('chat.appendStream', {
    channel,
    ts,
    chunks: [task('t1', 'Looked', 'complete', { details: ' two', output: 'out' })],
  });
  const message = await slack.message(channel, ts);
  expect(message?.stream?.cards.t1).toMatchObject({
    title: 'Looked',
    status: 'complete',
    details: 'one two',
    output: 'out',
  });
  expect(message?.blocks).toHaveLength(1);
  expect(message?.blocks[0]).toMatchObject({
    type: 'task_card',
    task_id: 't1',
    status: 'complete',
    details: { type: 'rich_text' },
  });
});

test('§1.3 plan: cards in one block with the title of plan_update; a step still running retitles it', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({ task_display_mode: 'plan' });
  const plan = [
    { type: 'plan_update', title: 'My plan' },
    task('a', 'A', 'complete'),
    task('b', 'B', 'in_progress'),
  ];
  await api('chat.appendStream', { channel, ts, chunks: [...plan, text('body')] });
  expect((await slack.message(channel, ts))?.blocks[0]).toMatchObject({
    type: 'plan',
    title: 'My plan',
    tasks: [{ task_id: 'a' }, { task_id: 'b' }],
  });
  await api('chat.stopStream', { channel, ts });
  const stopped = await slack.message(channel, ts);
  expect(stopped?.blocks[0]).toMatchObject({ type: 'plan', title: 'Something went wrong' });
  expect(stopped?.text).toContain('Something went wrong');
});

test('§1.3 plan: a pending step does not retitle the plan', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({ task_display_mode: 'plan' });
  await api('chat.appendStream', {
    channel,
    ts,
    chunks: [{ type: 'plan_update', title: 'Waits' }, task('b', 'B', 'pending')],
  });
  await api('chat.stopStream', { channel, ts, session_status: 'suspended' });
  expect((await slack.message(channel, ts))?.blocks[0]).toMatchObject({ title: 'Waits' });
});

test('§1.3 text in several appends is converted as a whole: one list', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream();
  for (const part of ['- a\n', '- b\n', '- **c', '**\n'])
    await api('chat.appendStream', { channel, ts, chunks: [text(part)] });
  const message = await slack.message(channel, ts);
  expect(message?.blocks).toMatchObject([
    { type: 'rich_text', elements: [{ type: 'rich_text_list', elements: [{}, {}, {}] }] },
  ]);
  expect(message?.text).toBe('• a\n• b\n• *c*');
  expect(message?.stream?.markdown).toBe('- a\n- b\n- **c**\n');
});

test('§1.3 blocks: more than 50 in a chunk are dropped with a warning; a file block is internal_error', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream();
  const blocks = Array.from({ length: 52 }, () => ({ type: 'divider' }));
  const answer = await api('chat.appendStream', { channel, ts, chunks: [{ type: 'blocks', blocks }] });
  expect(answer).toMatchObject({ ok: true, warning: 'blocks_truncated' });
  expect((await slack.message(channel, ts))?.blocks).toHaveLength(50);
  const file = [{ type: 'blocks', blocks: [{ type: 'file', external_id: 'x', source: 'remote' }] }];
  expect(await api('chat.appendStream', { channel, ts, chunks: file })).toMatchObject({
    error: 'internal_error',
  });
});

test('§1.3 card texts: 256 characters only when strict', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream();
  const chunks = [task('t', 'x'.repeat(300), 'complete')];
  expect(await api('chat.appendStream', { channel, ts, chunks })).toMatchObject({ ok: true });
  await slack.setOptions({ strictChunks: true });
  expect(await api('chat.appendStream', { channel, ts, chunks })).toMatchObject({ error: 'invalid_chunks' });
});

test('§1.4 mode lock: the first content call decides, the other kind is streaming_mode_mismatch', async () => {
  const { api, openStream } = await scene();
  const { channel, ts } = await openStream();
  await api('chat.appendStream', { channel, ts, markdown_text: 'a' });
  expect(await api('chat.appendStream', { channel, ts, chunks: [text('b')] })).toMatchObject({
    error: 'streaming_mode_mismatch',
  });
  const other = await openStream({ chunks: [text('a')] });
  expect(await api('chat.stopStream', { channel, ts: other.ts, markdown_text: 'b' })).toMatchObject({
    error: 'streaming_mode_mismatch',
  });
});

test('§1.4 mode lock: empty chunks and blocks at stop are no content of another mode', async () => {
  const { api, openStream } = await scene();
  const { channel, ts } = await openStream({ markdown_text: 'a' });
  const answer = await api('chat.stopStream', { channel, ts, chunks: [], blocks: [{ type: 'divider' }] });
  expect(answer).toMatchObject({ ok: true });
});

test('§1.5 stop answers with the stored message: blocks, streaming_state, never the Markdown', async () => {
  const { api, openStream } = await scene();
  const { channel, ts, threadTs } = await openStream({ chunks: [text('# Hi\n\n**bold** <@U0REVIEWER0>')] });
  const answer = await api('chat.stopStream', { channel, ts, blocks: [{ type: 'divider' }] });
  expect(answer).toMatchObject({
    ok: true,
    channel,
    ts,
    message: {
      streaming_state: 'completed',
      thread_ts: threadTs,
      bot_id: SEED.bot,
      blocks: [{ type: 'rich_text' }, { type: 'divider' }],
    },
  });
  expect(JSON.stringify(answer)).not.toContain('**');
  expect(JSON.stringify(answer)).toContain('"user_id":"U0REVIEWER0"');
});

test('§1.5 replies and history give the stored blocks and the streaming state', async () => {
  const { api, openStream } = await scene();
  const { channel, ts, threadTs } = await openStream({ chunks: [text('**x**')] });
  const { messages } = (await api('conversations.replies', { channel, ts: threadTs })) as {
    messages: object[];
  };
  expect(messages[1]).toMatchObject({
    ts,
    text: '*x*',
    streaming_state: 'in_progress',
    blocks: [{ type: 'rich_text' }],
  });
});

test('§1.6 errors of append and stop: unknown, foreign, not a stream, no content', async () => {
  const { api, slack, openStream } = await scene();
  const { channel, ts, threadTs } = await openStream();
  const chunks = [text('a')];
  expect(await api('chat.appendStream', { channel, ts: '1.000001', chunks })).toMatchObject({
    error: 'message_not_found',
  });
  expect(await api('chat.appendStream', { channel, ts: threadTs, chunks })).toMatchObject({
    error: 'message_not_owned_by_app',
  });
  const posted = await api('chat.postMessage', { channel, text: 'x' });
  expect(await api('chat.stopStream', { channel, ts: String(posted.ts) })).toMatchObject({
    error: 'message_not_in_streaming_state',
  });
  expect(await api('chat.appendStream', { channel, ts })).toMatchObject({ error: 'no_text' });
  expect(await api('chat.startStream', { channel: SEED.channels.private })).toMatchObject({
    error: 'channel_not_found',
  });
  await slack.changeChannel({ channel, leave: [SEED.botUser] });
  expect(await api('chat.startStream', { channel, thread_ts: threadTs })).toMatchObject({
    error: 'not_in_channel',
  });
  await slack.changeChannel({ channel, join: [SEED.botUser], archived: true });
  expect(await api('chat.startStream', { channel, thread_ts: threadTs })).toMatchObject({
    error: 'is_archived',
  });
});

test('§1.6 required arguments are named', async () => {
  const { api } = await scene();
  const answer = await api('chat.appendStream', { channel: GENERAL });
  expect(answer.error).toBe('invalid_arguments');
  expect(messagesOf(answer)).toEqual(['[ERROR] missing required field: ts']);
});

test('§1.2 metadata of stop persists and is given on request only', async () => {
  const { api, openStream } = await scene();
  const { channel, ts, threadTs } = await openStream({ chunks: [text('a')] });
  const metadata = { event_type: 'turn', event_payload: { id: '1' } };
  await api('chat.stopStream', { channel, ts, metadata });
  const without = (await api('conversations.replies', { channel, ts: threadTs })) as {
    messages: { metadata?: object }[];
  };
  expect(without.messages[1]?.metadata).toBeUndefined();
  const given = (await api('conversations.replies', {
    channel,
    ts: threadTs,
    include_all_metadata: true,
  })) as typeof without;
  expect(given.messages[1]?.metadata).toEqual(metadata);
});
