import { expect, test } from 'vitest';
import type { Json } from '../../local/slack/json.ts';
import { DM, GENERAL, REQUESTER, type Scene, SEED, scene, task, text } from './support.ts';

type Opened = Awaited<ReturnType<Scene['openStream']>>;
type Change = (scene: Scene, stream: Opened) => Promise<unknown>;

const blocksChunk = (blocks: Json[]): Json => ({ type: 'blocks', blocks });
const file = { type: 'file', external_id: 'x', source: 'remote' };

/** [error, what happens to the channel, message or app of an open stream] */
const GONE: [string, string, Change][] = [
  [
    'is_archived',
    'the channel is archived',
    ({ slack }, { channel }) => slack.changeChannel({ channel, archived: true }),
  ],
  [
    'not_in_channel',
    'the bot left',
    ({ slack }, { channel }) => slack.changeChannel({ channel, leave: [SEED.botUser] }),
  ],
  [
    'restricted_action_read_only_channel',
    'the channel became read-only',
    ({ slack }, { channel }) => slack.changeChannel({ channel, postingRestricted: true }),
  ],
  [
    'message_not_found',
    'the message was deleted',
    ({ api }, { channel, ts }) => api('chat.delete', { channel, ts }),
  ],
  ['token_revoked', 'the token was revoked', ({ slack }) => slack.setInstallation({ revoked: true })],
  ['missing_scope', 'the scope is gone', ({ slack }) => slack.setInstallation({ scopes: ['channels:read'] })],
  [
    'stopped_by_user',
    'a person stopped it',
    ({ slack }, { channel, threadTs }) => slack.stop({ user: REQUESTER, channel, thread_ts: threadTs }),
  ],
  [
    'message_not_in_streaming_state',
    'it ended',
    ({ api }, { channel, ts }) => api('chat.stopStream', { channel, ts, chunks: [text('x')] }),
  ],
  [
    'message_not_in_streaming_state',
    'its lifetime is over',
    async ({ slack }) => {
      await slack.freezeClock();
      await slack.advanceClock(300_000);
    },
  ],
];

const BOTH = ['chat.appendStream', 'chat.stopStream'];

test.each(BOTH.flatMap((method) => GONE.map((row) => [method, ...row] as const)))(
  '§1.6 %s: %s where %s',
  async (method, error, _what, change) => {
    const setting = await scene();
    const stream = await setting.openStream();
    await change(setting, stream);
    const { channel, ts } = stream;
    expect(await setting.api(method, { channel, ts, chunks: [text('a')] })).toMatchObject({
      ok: false,
      error,
    });
  },
);

/** [error, arguments of an append or stop beside channel and ts] */
const CONTENT: [string, Record<string, Json>][] = [
  ['cannot_provide_both_markdown_text_and_chunks', { markdown_text: 'a', chunks: [text('b')] }],
  ['streaming_mode_mismatch', { markdown_text: 'a' }],
  ['msg_too_long', { chunks: [text('a'.repeat(11_001))] }],
  ['invalid_chunks', { chunks: [task('t', 'T', 'completed')] }],
  ['invalid_chunks', { chunks: 'no list' }],
  ['invalid_blocks', { chunks: [blocksChunk([{ type: 'section' }])] }],
  ['internal_error', { chunks: [blocksChunk([file])] }],
];

test.each(BOTH.flatMap((method) => CONTENT.map((row) => [method, ...row] as const)))(
  '§1.6 %s: %s for its content, and the stream goes on',
  async (method, error, args) => {
    const { api, openStream, slack } = await scene();
    const { channel, ts } = await openStream({ chunks: [text('before')] });
    expect(await api(method, { channel, ts, ...args })).toMatchObject({ ok: false, error });
    const message = await slack.message(channel, ts);
    expect(message).toMatchObject({ streamingState: 'in_progress', text: 'before' });
  },
);

/** [error, arguments of a start that differ from a good one] */
const START: [string, Record<string, Json>][] = [
  ['channel_not_found', { channel: 'C404' }],
  ['user_not_found', { recipient_user_id: 'U404' }],
  ['team_not_found', { recipient_team_id: 'T404' }],
  ['missing_recipient_user_id', { recipient_user_id: '' }],
  ['missing_recipient_team_id', { recipient_team_id: '' }],
  ['invalid_thread_ts', { thread_ts: '0' }],
  ['invalid_arguments', { task_display_mode: 'tree' }],
  ['invalid_chunks', { chunks: [{ type: 'text', text: 'a' }] }],
  ['invalid_blocks', { chunks: [blocksChunk([{ type: 'header' }])] }],
  ['internal_error', { chunks: [blocksChunk([file])] }],
  ['msg_too_long', { markdown_text: 'a'.repeat(12_001) }],
  ['msg_too_long', { chunks: [text('a'.repeat(11_001))] }],
];

test.each(START)('§1.6 chat.startStream: %s, and no message is left (%j)', async (error, args) => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const recipients = { recipient_user_id: REQUESTER, recipient_team_id: SEED.team };
  const answer = await api('chat.startStream', { channel: GENERAL, thread_ts: ts, ...recipients, ...args });
  expect(answer).toMatchObject({ ok: false, error });
  expect((await slack.state()).messages).toHaveLength(1);
});

test('§1.6 chat.startStream: messages_tab_disabled in the DM of an app without messages tab', async () => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: DM, text: 'hi' });
  await slack.setApp({ messagesTab: false });
  const start = api('chat.startStream', { channel: DM, thread_ts: ts });
  expect(await start).toMatchObject({ error: 'messages_tab_disabled' });
});

test('§1.6 chat.startStream: restricted_action_read_only_channel', async () => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  await slack.changeChannel({ channel: GENERAL, postingRestricted: true });
  const recipients = { recipient_user_id: REQUESTER, recipient_team_id: SEED.team };
  const start = api('chat.startStream', { channel: GENERAL, thread_ts: ts, ...recipients });
  expect(await start).toMatchObject({ error: 'restricted_action_read_only_channel' });
});

/** [error, arguments of a stop beside channel and ts] */
const STOP: [string, Record<string, Json>][] = [
  ['invalid_blocks', { blocks: [{ type: 'section' }] }],
  ['invalid_blocks', { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }],
  ['invalid_blocks_format', { blocks: 'no list' }],
  ['internal_error', { blocks: [file] }],
  ['invalid_metadata_format', { metadata: { event_type: 'x' } }],
  ['invalid_metadata_format', { metadata: 'no object' }],
  ['invalid_metadata_schema', { metadata: { event_type: 'x', event_payload: {}, more: 1 } }],
  ['metadata_too_large', { metadata: { event_type: 'x', event_payload: { a: 'b'.repeat(8_000) } } }],
  ['invalid_arguments', { session_status: 'done' }],
];

test.each(STOP)('§1.6 chat.stopStream: %s, and the stream goes on', async (error, args) => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream();
  expect(await api('chat.stopStream', { channel, ts, chunks: [text('a')], ...args })).toMatchObject({
    error,
  });
  expect(await slack.message(channel, ts)).toMatchObject({ streamingState: 'in_progress', blocks: [] });
});

test('§1.12 the order of checks at the start: both contents, channel, thread, recipients, chunks', async () => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const wrong = { channel: 'C404', thread_ts: '0', chunks: [{ type: 'x' }], markdown_text: 'a' };
  const recipients = { recipient_user_id: REQUESTER, recipient_team_id: SEED.team };
  const seen = [];
  for (const fixed of [
    {},
    { markdown_text: null },
    { channel: GENERAL },
    { thread_ts: ts },
    recipients,
    { chunks: [text('a')] },
  ]) {
    Object.assign(wrong, fixed);
    const answer = await api('chat.startStream', wrong);
    seen.push(answer.error ?? 'ok');
  }
  expect(seen).toEqual([
    'cannot_provide_both_markdown_text_and_chunks',
    'channel_not_found',
    'invalid_thread_ts',
    'missing_recipient_user_id',
    'invalid_chunks',
    'ok',
  ]);
});

test('§1.12 the order of checks at an append: found, owned, stopped, in progress, mode, size', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts, threadTs } = await openStream({ chunks: [text('a')] });
  const append = (args: Record<string, Json>) => api('chat.appendStream', { channel, ...args });
  const long = 'a'.repeat(12_001);
  expect(await append({ ts: '1.000001', markdown_text: long })).toMatchObject({ error: 'message_not_found' });
  expect(await append({ ts: threadTs, markdown_text: long })).toMatchObject({
    error: 'message_not_owned_by_app',
  });
  expect(await append({ ts, markdown_text: long })).toMatchObject({ error: 'streaming_mode_mismatch' });
  await slack.stop({ user: REQUESTER, channel, thread_ts: threadTs });
  expect(await append({ ts, markdown_text: long })).toMatchObject({ error: 'stopped_by_user' });
});
