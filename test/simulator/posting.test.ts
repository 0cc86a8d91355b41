import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, SEED, scene } from './support.ts';

test('chat.postMessage: text is stored with rich_text blocks beside it', async () => {
  const { api } = await scene();
  const answer = await api('chat.postMessage', { channel: GENERAL, text: '*bold* <@U0REQUESTER>' });
  expect(answer).toMatchObject({
    ok: true,
    channel: GENERAL,
    message: { text: '*bold* <@U0REQUESTER>', bot_id: SEED.bot },
  });
  expect(answer.message).toMatchObject({
    blocks: [
      {
        elements: [
          { elements: [{ text: 'bold', style: { bold: true } }, {}, { type: 'user', user_id: REQUESTER }] },
        ],
      },
    ],
  });
});

test('chat.postMessage: channel and thread errors', async () => {
  const { api, slack } = await scene();
  const post = (args: JsonObject) =>
    api('chat.postMessage', { text: 'x', ...(args as Record<string, string>) });
  expect(await post({ channel: 'C404' })).toMatchObject({ error: 'channel_not_found' });
  expect(await post({ channel: SEED.channels.private })).toMatchObject({ error: 'channel_not_found' });
  expect(await post({ channel: GENERAL, thread_ts: '1700000000.000001' })).toMatchObject({
    error: 'thread_not_found',
  });
  expect(await post({ channel: GENERAL, thread_ts: 'x' })).toMatchObject({ error: 'invalid_thread_ts' });
  expect(await post({ channel: GENERAL, text: ' ' })).toMatchObject({ error: 'no_text' });
  await slack.changeChannel({ channel: GENERAL, leave: [SEED.botUser] });
  expect(await post({ channel: GENERAL })).toMatchObject({ error: 'not_in_channel' });
});

test('chat.postMessage: a user id means the DM with that person', async () => {
  const { api } = await scene();
  expect(await api('chat.postMessage', { channel: REQUESTER, text: 'x' })).toMatchObject({
    channel: 'D0REQUESTER',
  });
});

test('§3 text beyond 40,000 characters is cut with a warning', async () => {
  const { api } = await scene();
  const answer = await api('chat.postMessage', { channel: GENERAL, text: 'x'.repeat(40_001) });
  expect(answer).toMatchObject({
    ok: true,
    warning: 'message_truncated',
    response_metadata: { warnings: ['message_truncated'] },
  });
  expect((answer.message as { text: string }).text).toHaveLength(40_000);
});

test('§3.1 a markdown block is stored converted, its block_id ignored', async () => {
  const { api } = await scene();
  const text = '# T\n\n| a |\n|---|\n| 1 |\n\n---\n\n`x`';
  const answer = await api('chat.postMessage', {
    channel: GENERAL,
    text: 'x',
    blocks: [{ type: 'markdown', text, block_id: 'mine' }],
  });
  const { blocks } = answer.message as { blocks: { type: string; block_id: string }[] };
  expect(blocks.map((block) => block.type)).toEqual(['rich_text', 'table', 'divider', 'rich_text']);
  expect(blocks.map((block) => block.block_id)).not.toContain('mine');
});

test('§1.2 metadata is checked', async () => {
  const { api } = await scene();
  const post = (metadata: JsonObject) => api('chat.postMessage', { channel: GENERAL, text: 'x', metadata });
  expect(await post({ event_type: 'a' })).toMatchObject({ error: 'invalid_metadata_format' });
  expect(await post({ event_type: 'a', event_payload: {} })).toMatchObject({ ok: true });
});

test('§1.8 chat.update: 4,000 characters, own messages only, blocks stay unless given', async () => {
  const { api, slack } = await scene();
  const { ts } = await api('chat.postMessage', {
    channel: GENERAL,
    text: 'x',
    blocks: [{ type: 'divider' }],
  });
  const update = (args: Record<string, string | JsonObject[]>) =>
    api('chat.update', { channel: GENERAL, ts: String(ts), ...args });
  expect(await update({ text: 'x'.repeat(4001) })).toMatchObject({ error: 'msg_too_long' });
  expect(await update({ text: 'y' })).toMatchObject({
    ok: true,
    message: { text: 'y', blocks: [{ type: 'divider' }] },
  });
  expect(await update({ text: 'z', blocks: [] })).toMatchObject({
    message: { text: 'z', blocks: [{ type: 'rich_text' }], edited: {} },
  });
  expect(await api('chat.update', { channel: GENERAL, ts: '1.000001', text: 'x' })).toMatchObject({
    error: 'message_not_found',
  });
  const person = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  expect(await api('chat.update', { channel: GENERAL, ts: person.ts, text: 'x' })).toMatchObject({
    error: 'cant_update_message',
  });
  expect(await api('chat.delete', { channel: GENERAL, ts: person.ts })).toMatchObject({
    error: 'cant_delete_message',
  });
});

test('chat.delete: gone from history; an open stream is gone with it', async () => {
  const { api, openStream } = await scene();
  const { channel, ts, threadTs } = await openStream();
  expect(await api('chat.delete', { channel, ts })).toMatchObject({ ok: true });
  expect(await api('chat.appendStream', { channel, ts, markdown_text: 'x' })).toMatchObject({
    error: 'message_not_found',
  });
  const { messages } = (await api('conversations.replies', { channel, ts: threadTs })) as {
    messages: unknown[];
  };
  expect(messages).toHaveLength(1);
});

test('chat.postEphemeral: one person sees it, no history has it, only members can get it', async () => {
  const { api, slack } = await scene();
  const answer = await api('chat.postEphemeral', { channel: GENERAL, user: REQUESTER, text: 'psst' });
  expect(answer).toEqual({ ok: true, message_ts: expect.any(String) });
  const [message] = await slack.waitForMessages({ ephemeralFor: REQUESTER });
  expect(message).toMatchObject({ text: 'psst', ts: answer.message_ts });
  const { messages } = (await api('conversations.history', { channel: GENERAL })) as { messages: unknown[] };
  expect(messages).toEqual([]);
  expect(
    await api('chat.postEphemeral', { channel: 'D0REVIEWER0', user: REQUESTER, text: 'x' }),
  ).toMatchObject({ error: 'user_not_in_channel' });
  expect(
    await api('chat.update', { channel: GENERAL, ts: String(answer.message_ts), text: 'x' }),
  ).toMatchObject({ error: 'message_not_found' });
});

test('conversations.history: newest first, no replies, pages by cursor', async () => {
  const { api, slack } = await scene();
  const posts = [];
  for (const text of ['1', '2', '3'])
    posts.push(await slack.post({ user: REQUESTER, channel: GENERAL, text }));
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'reply', thread_ts: posts[0]?.ts ?? '' });
  type Page = {
    messages: { text: string; reply_count?: number }[];
    has_more: boolean;
    response_metadata: { next_cursor: string };
  };
  const first = (await api('conversations.history', { channel: GENERAL, limit: 2 })) as Page;
  expect(first.messages.map((one) => one.text)).toEqual(['3', '2']);
  expect(first.has_more).toBe(true);
  const { next_cursor: cursor } = first.response_metadata;
  const second = (await api('conversations.history', { channel: GENERAL, limit: 2, cursor })) as Page;
  expect(second.messages).toMatchObject([{ text: '1', reply_count: 1 }]);
  expect(second).toMatchObject({ has_more: false, response_metadata: { next_cursor: '' } });
  expect(await api('conversations.history', { channel: GENERAL, cursor: 'bm8=' })).toMatchObject({
    error: 'invalid_cursor',
  });
  expect(await api('conversations.history', { channel: GENERAL, limit: 2000 })).toMatchObject({
    error: 'invalid_limit',
  });
});

test('conversations.replies: parent first, oldest first, bounds exclusive unless inclusive', async () => {
  const { api, slack } = await scene();
  const parent = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'p' });
  const replies = [];
  for (const text of ['a', 'b', 'c']) {
    replies.push(await slack.post({ user: REQUESTER, channel: GENERAL, text, thread_ts: parent.ts }));
  }
  const texts = async (args: Record<string, string | boolean | number> = {}) => {
    const answer = await api('conversations.replies', { channel: GENERAL, ts: parent.ts, ...args });
    return (answer.messages as { text: string }[]).map((one) => one.text);
  };
  expect(await texts()).toEqual(['p', 'a', 'b', 'c']);
  expect(await texts({ oldest: replies[0]?.ts ?? '' })).toEqual(['p', 'b', 'c']);
  expect(await texts({ latest: replies[1]?.ts ?? '', inclusive: true })).toEqual(['p', 'a', 'b']);
  expect(await texts({ limit: 2 })).toEqual(['p', 'a']);
  expect(await api('conversations.replies', { channel: GENERAL, ts: '1700000000.000001' })).toMatchObject({
    error: 'thread_not_found',
  });
});

test('timestamps are unique and rising in a channel, in the form of Slack, also when the clock stands', async () => {
  const { slack } = await scene();
  await slack.freezeClock();
  const posts = await Promise.all(
    Array.from({ length: 20 }, (_, at) => slack.post({ user: REQUESTER, channel: GENERAL, text: `${at}` })),
  );
  const stamps = posts.map((post) => post.ts);
  expect(new Set(stamps).size).toBe(20);
  for (const ts of stamps) expect(ts).toMatch(/^\d{10}\.\d{6}$/);
});

test('§3.1 a video needs links.embed:write, wherever it is posted', async () => {
  const { api, openStream, slack } = await scene({ withApp: false });
  const title = { type: 'plain_text', text: 'T' };
  const urls = { video_url: 'https://a.example/v', thumbnail_url: 'https://a.example/t' };
  const blocks = [{ type: 'video', alt_text: 'x', title, ...urls }];
  const refused = { error: 'missing_scope', needed: 'links.embed:write' };
  const { channel, ts } = await openStream();
  const chunks = [{ type: 'blocks', blocks }];
  expect(await api('chat.postMessage', { channel: GENERAL, blocks })).toMatchObject(refused);
  expect(await api('chat.appendStream', { channel, ts, chunks })).toMatchObject(refused);
  await slack.setInstallation({ scopes: ['chat:write', 'links.embed:write'] });
  expect(await api('chat.postMessage', { channel: GENERAL, blocks })).toMatchObject({ ok: true });
  expect(await api('chat.appendStream', { channel, ts, chunks })).toMatchObject({ ok: true });
});
