import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { newStream, withChunks } from '../../local/slack/streaming/apply.ts';
import { renderStream } from '../../local/slack/streaming/render.ts';
import { visibleStream } from '../../local/slack/streaming/viewer.ts';
import { DM, GENERAL, REQUESTER, SEED, scene, task, text } from './support.ts';

const dividers = (count: number) => ({
  type: 'blocks',
  blocks: Array.from({ length: count }, () => ({ type: 'divider' })),
});

test('§1.2 is_stoppable is accepted and ignored', async () => {
  const { openStream, slack } = await scene();
  await openStream({ is_stoppable: false });
  const [call] = await slack.calls({ method: 'chat.startStream' });
  expect(call).toMatchObject({ ok: true, unknownArguments: [] });
});

test('§1.2 blocks at stop: 50 beside 50 by chunks, at the bottom', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({ chunks: [dividers(50), text('a')] });
  const stop = await api('chat.stopStream', { channel, ts, blocks: dividers(50).blocks });
  expect(stop).toMatchObject({ ok: true });
  const types = (await slack.message(channel, ts))?.blocks.map((block) => block.type) ?? [];
  expect(types).toHaveLength(101);
  expect(types.indexOf('rich_text')).toBe(50);
});

test('§1.3 blocks: the 50 count over the whole message, or per call by option', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({ chunks: [dividers(40)] });
  const more = { channel, ts, chunks: [dividers(20)] };
  expect(await api('chat.appendStream', more)).toMatchObject({ ok: true, warning: 'blocks_truncated' });
  expect((await slack.message(channel, ts))?.blocks).toHaveLength(50);
  await slack.setOptions({ streamBlockBudget: 'call' });
  expect((await api('chat.appendStream', more)).warning).toBeUndefined();
  expect((await slack.message(channel, ts))?.blocks).toHaveLength(70);
});

test('§1.3 blocks: several chunks of one call share the 50', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream();
  const answer = await api('chat.appendStream', { channel, ts, chunks: [dividers(30), dividers(30)] });
  expect(answer).toMatchObject({ ok: true, warning: 'blocks_truncated' });
  expect((await slack.message(channel, ts))?.blocks).toHaveLength(50);
});

test('§1.3 cards: hide_title, icon and sources are kept until replaced', async () => {
  const { api, openStream, slack } = await scene();
  const icon = { type: 'icon', name: 'search' };
  const sources = [{ type: 'url', url: 'https://example.com', text: 'Example' }];
  const { channel, ts } = await openStream({
    chunks: [task('t', 'T', 'in_progress', { hide_title: true, icon, sources })],
  });
  await api('chat.appendStream', { channel, ts, chunks: [task('t', 'T2', 'complete')] });
  const card = { title: 'T2', status: 'complete', hide_title: true, icon, sources };
  expect((await slack.message(channel, ts))?.blocks).toMatchObject([card]);
});

test('§1.3 plan: cards stand as they came first, also when their ids are numbers', () => {
  const chunks = ['10', '2', '1'].map((id) => ({
    ...task(id, id, 'complete'),
    type: 'task_update' as const,
  }));
  const stream = withChunks(newStream({ display: 'plan', startedAt: 0 }), chunks as never);
  const [plan] = renderStream(stream).blocks;
  expect(plan?.tasks).toMatchObject([{ task_id: '10' }, { task_id: '2' }, { task_id: '1' }]);
});

test('§1.3 plan: expiry retitles it too, folded into the text', async () => {
  const { openStream, slack } = await scene();
  await slack.freezeClock();
  const { channel, ts } = await openStream({
    task_display_mode: 'plan',
    chunks: [{ type: 'plan_update', title: 'Mine' }, task('a', 'A', 'in_progress')],
  });
  await slack.advanceClock(300_000);
  const message = await slack.message(channel, ts);
  expect(message).toMatchObject({ streamingState: 'errored', text: 'Something went wrong' });
});

test('§1.4 blocks at the stop of a chunk-mode stream: allowed, or a mismatch by option', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({ chunks: [text('a')] });
  const stop = { channel, ts, blocks: [{ type: 'divider' }] };
  await slack.setOptions({ stopBlocksMismatch: true });
  expect(await api('chat.stopStream', stop)).toMatchObject({ error: 'streaming_mode_mismatch' });
  await slack.setOptions({ stopBlocksMismatch: false });
  expect(await api('chat.stopStream', stop)).toMatchObject({ ok: true });
});

test('§1.5 an append converts only what it touches: earlier blocks stay the same objects', () => {
  const start = newStream({ display: 'timeline', startedAt: 0 });
  const first = withChunks(start, [
    { type: 'markdown_text', text: '**a**' },
    { type: 'task_update', id: 't', title: 'T', status: 'complete', details: 'd' },
    { type: 'markdown_text', text: 'b' },
  ]);
  const second = withChunks(first, [{ type: 'markdown_text', text: ' c' }]);
  const [before, after] = [renderStream(first).blocks, renderStream(second).blocks];
  expect(after[0]).toBe(before[0]);
  expect(after[1]?.details).toBe(before[1]?.details);
  expect(after[2]).not.toBe(before[2]);
  expect(first.markdown).toBe('**a**b');
});

test('§1.8 update after the end: block_mismatch without blocks, by option', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({ chunks: [text('a')] });
  await api('chat.stopStream', { channel, ts });
  await slack.setOptions({ blockMismatch: true });
  expect(await api('chat.update', { channel, ts, text: 'b' })).toMatchObject({ error: 'block_mismatch' });
  expect(await api('chat.update', { channel, ts, text: 'b', blocks: [] })).toMatchObject({ ok: true });
  const { ts: posted } = await api('chat.postMessage', { channel, text: 'x' });
  expect(await api('chat.update', { channel, ts: String(posted), text: 'b' })).toMatchObject({ ok: true });
});

test('§1.8 an update replaces the whole message for a reader: no cards, edited, not the Markdown', async () => {
  const { api, openStream } = await scene();
  const { channel, ts, threadTs } = await openStream({ chunks: [task('t', 'T', 'complete'), text('**a**')] });
  await api('chat.stopStream', { channel, ts });
  await api('chat.update', { channel, ts, markdown_text: '**b**' });
  const { messages } = (await api('conversations.replies', { channel, ts: threadTs })) as {
    messages: object[];
  };
  expect(messages[1]).toMatchObject({
    text: '*b*',
    edited: { user: SEED.botUser },
    blocks: [{ type: 'rich_text' }],
  });
});

test('§1.2 recipients: only the recipient sees it live, others a blank bubble until it ends', async () => {
  const { api, openStream, slack } = await scene();
  const { channel, ts } = await openStream({ chunks: [text('so far')] });
  const seen = async (viewer: string) => {
    const message = await slack.message(channel, ts);
    return message && visibleStream(message, viewer);
  };
  expect(await seen(REQUESTER)).toMatchObject({ text: 'so far', live: true, blank: false });
  expect(await seen('U0REVIEWER0')).toMatchObject({ text: '', blocks: [], live: false, blank: true });
  await api('chat.stopStream', { channel, ts });
  expect(await seen('U0REVIEWER0')).toMatchObject({ text: 'so far', blank: false, failure: null });
});

test('§1.2 recipients: without one, in a DM, it is live for whoever is there', async () => {
  const { api, slack } = await scene();
  const { ts: threadTs } = await slack.post({ user: REQUESTER, channel: DM, text: 'hi' });
  const { ts } = await api('chat.startStream', { channel: DM, thread_ts: threadTs, markdown_text: 'a' });
  const message = await slack.message(DM, String(ts));
  expect(message && visibleStream(message, REQUESTER)).toMatchObject({ live: true, blank: false });
});

test('§1.8 an expired stream shows "Something went wrong" to everybody', async () => {
  const { openStream, slack } = await scene();
  await slack.freezeClock();
  const { channel, ts } = await openStream({ chunks: [text('a')] });
  await slack.advanceClock(300_000);
  const message = await slack.message(channel, ts);
  const seen = message && visibleStream(message, 'U0REVIEWER0');
  expect(seen).toMatchObject({ text: 'a', failure: 'Something went wrong', blank: false });
});

test('§1.1 another name and picture: with the scope they show, in the bot_message style', async () => {
  const { openStream, slack } = await scene();
  await slack.setInstallation({ scopes: ['chat:write', 'chat:write.customize'] });
  const { channel, ts } = await openStream({ username: 'Helper', icon_emoji: ':robot_face:' });
  const customized = { username: 'Helper', icons: { emoji: ':robot_face:' }, subtype: 'bot_message' };
  expect(await slack.message(channel, ts)).toMatchObject(customized);
});

test('§3.1 what counts over a message counts over all appends and the stop: charts, tables, block ids', async () => {
  const { api, openStream } = await scene({ withApp: false });
  const { channel, ts } = await openStream();
  const segments = [{ label: 'a', value: 1 }];
  const chart = { type: 'data_visualization', title: 'T', chart: { type: 'pie', segments } };
  const append = (...blocks: JsonObject[]) =>
    api('chat.appendStream', { channel, ts, chunks: [{ type: 'blocks', blocks }] });
  expect(await append(chart)).toMatchObject({ ok: true });
  expect(await append({ ...chart, block_id: 'mine' })).toMatchObject({ ok: true });
  expect(await append(chart)).toMatchObject({
    error: 'invalid_blocks',
    response_metadata: {
      messages: ['[ERROR] no more than 2 data_visualization blocks allowed [json-pointer:/chunks]'],
    },
  });
  expect(await append({ type: 'divider', block_id: 'mine' })).toMatchObject({ error: 'invalid_blocks' });
  const stop = (blocks: JsonObject[]) => api('chat.stopStream', { channel, ts, blocks });
  expect(await stop([chart])).toMatchObject({ error: 'invalid_blocks' });
  const rows = (length: number) => [[{ type: 'raw_text', text: 'x'.repeat(length) }]];
  expect(await append({ type: 'table', rows: rows(6_000) })).toMatchObject({ ok: true });
  expect(await stop([{ type: 'table', rows: rows(4_001) }])).toMatchObject({ error: 'invalid_blocks' });
  expect(await stop([{ type: 'table', rows: rows(4_000) }])).toMatchObject({ ok: true });
});

test('§3.1 Markdown: a task list has boxes', async () => {
  const { api, openStream } = await scene({ withApp: false });
  const { channel, ts } = await openStream();
  await api('chat.appendStream', { channel, ts, chunks: [text('- [x] done\n- [ ] ')] });
  await api('chat.appendStream', { channel, ts, chunks: [text('to do\n- [link](https://a.example)')] });
  const { message } = (await api('chat.stopStream', { channel, ts })) as { message: JsonObject };
  expect(message.text).toBe('• ☑ done\n• ☐ to do\n• <https://a.example|link>');
});

test('emoji with a skin tone are one element, whichever way they are written', async () => {
  const { api } = await scene({ withApp: false });
  const answer = (await api('chat.postMessage', {
    channel: GENERAL,
    text: '\u{1F44D}\u{1F3FD} :+1::skin-tone-4:',
  })) as {
    message: { text: string; blocks: { elements: { elements: JsonObject[] }[] }[] };
  };
  const emoji = { type: 'emoji', name: '+1', unicode: '1f44d-1f3fd', skin_tone: 4 };
  expect(answer.message.blocks[0]?.elements[0]?.elements).toEqual([
    emoji,
    { type: 'text', text: ' ' },
    emoji,
  ]);
  expect(answer.message.text).toBe(':+1::skin-tone-4: :+1::skin-tone-4:');
});
