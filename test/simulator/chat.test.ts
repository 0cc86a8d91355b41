import { expect, test } from 'vitest';
import type { Json } from '../../local/slack/json.ts';
import { DM, GENERAL, REQUESTER, SEED, scene } from './support.ts';

type Message = { ts: string; [key: string]: Json };

test('§10.3 a public channel without the bot: only with chat:write.public, and only to post', async () => {
  const { api, slack, openStream } = await scene();
  const { ts, threadTs } = await openStream();
  await slack.changeChannel({ channel: GENERAL, leave: [SEED.botUser] });
  await slack.setInstallation({ scopes: ['chat:write', 'chat:write.public'] });
  const args = { channel: GENERAL, thread_ts: threadTs, text: 'x' };
  expect(await api('chat.postMessage', args)).toMatchObject({ ok: true });
  expect(await api('chat.postEphemeral', { ...args, user: REQUESTER })).toMatchObject({
    error: 'not_in_channel',
  });
  expect(await api('chat.stopStream', { channel: GENERAL, ts })).toMatchObject({ error: 'not_in_channel' });
  await slack.setInstallation({ scopes: ['chat:write'] });
  expect(await api('chat.postMessage', args)).toMatchObject({ error: 'not_in_channel' });
});

/** [error, what is done to #general] */
const CLOSED: [string, Record<string, boolean>][] = [
  ['is_archived', { archived: true }],
  ['restricted_action_read_only_channel', { postingRestricted: true }],
];
test.each(CLOSED)('§1.6 posting methods: %s', async (error, change) => {
  const { api, slack } = await scene();
  await slack.changeChannel({ channel: GENERAL, ...change });
  const args = { channel: GENERAL, text: 'x', user: REQUESTER, post_at: 4_000_000_000 };
  for (const method of ['postMessage', 'postEphemeral', 'meMessage', 'scheduleMessage']) {
    expect(await api(`chat.${method}`, args)).toMatchObject({ ok: false, error });
  }
});

test('§1.6 chat.postMessage: messages_tab_disabled', async () => {
  const { api, slack } = await scene();
  await slack.setApp({ messagesTab: false });
  expect(await api('chat.postMessage', { channel: DM, text: 'x' })).toMatchObject({
    error: 'messages_tab_disabled',
  });
});

test('§3 metadata_too_large, by an option for the figure', async () => {
  const { api, slack } = await scene();
  const metadata = { event_type: 'a', event_payload: { text: 'x'.repeat(100) } };
  const post = () => api('chat.postMessage', { channel: GENERAL, text: 'x', metadata });
  expect(await post()).toMatchObject({ ok: true });
  await slack.setOptions({ metadataMaxBytes: 100 });
  expect(await post()).toMatchObject({ error: 'metadata_too_large' });
});

test('§3 attachments: 100 pass and are given back, 101 are too many; alone they will do', async () => {
  const { api } = await scene();
  const attachments = (count: number) => Array.from({ length: count }, () => ({ text: 'a' }));
  const answer = await api('chat.postMessage', { channel: GENERAL, attachments: attachments(100) });
  expect((answer.message as Message).attachments).toHaveLength(100);
  const tooMany = api('chat.postMessage', { channel: GENERAL, attachments: attachments(101) });
  expect(await tooMany).toMatchObject({ error: 'too_many_attachments' });
});

test('chat.postMessage: reply_broadcast shows the reply in the channel too; unfurl flags are known', async () => {
  const { api, slack } = await scene();
  const { ts: threadTs } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const args = {
    channel: GENERAL,
    thread_ts: threadTs,
    text: 'to all',
    unfurl_links: false,
    unfurl_media: false,
  };
  const { ts } = await api('chat.postMessage', { ...args, reply_broadcast: true });
  const { messages } = (await api('conversations.history', { channel: GENERAL })) as { messages: Message[] };
  expect(messages.map((one) => one.ts)).toEqual([ts, threadTs]);
  expect(messages[0]).toMatchObject({ subtype: 'thread_broadcast', thread_ts: threadTs });
  expect((await slack.calls({ method: 'chat.postMessage' }))[0]?.unknownArguments).toEqual([]);
});

test('chat.postMessage: mrkdwn false takes the marks as they stand', async () => {
  const { api } = await scene();
  const answer = await api('chat.postMessage', { channel: GENERAL, text: '*x* <@U1>', mrkdwn: false });
  expect((answer.message as Message).blocks).toMatchObject([
    { elements: [{ elements: [{ type: 'text', text: '*x* <@U1>' }] }] },
  ]);
});

test('§1.2 markdown_text: up to 12,000 characters, not beside text or blocks', async () => {
  const { api } = await scene();
  const post = (args: Record<string, Json>) => api('chat.postMessage', { channel: GENERAL, ...args });
  expect(await post({ markdown_text: 'x'.repeat(12_000) })).toMatchObject({ ok: true });
  expect(await post({ markdown_text: 'x'.repeat(12_001) })).toMatchObject({ error: 'msg_too_long' });
  expect(await post({ markdown_text: 'x', text: 'x' })).toMatchObject({ error: 'markdown_text_conflict' });
});

test('chat.meMessage: a message with its own subtype', async () => {
  const { api, slack } = await scene();
  const { ts } = await api('chat.meMessage', { channel: GENERAL, text: 'waves' });
  expect(await slack.message(GENERAL, String(ts))).toMatchObject({ subtype: 'me_message', text: 'waves' });
});

test('chat.getPermalink: of a message and of a reply; message_not_found', async () => {
  const { api, slack } = await scene();
  const { ts: parent } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x', thread_ts: parent });
  const link = async (message_ts: string) =>
    (await api('chat.getPermalink', { channel: GENERAL, message_ts })).permalink;
  const address = `${slack.url}/archives/${GENERAL}/p`;
  expect(await link(parent)).toBe(address + parent.replace('.', ''));
  expect(await link(ts)).toBe(`${address}${ts.replace('.', '')}?thread_ts=${parent}&cid=${GENERAL}`);
  const unknown = api('chat.getPermalink', { channel: GENERAL, message_ts: '1.000001' });
  expect(await unknown).toMatchObject({ error: 'message_not_found' });
});

test('chat.scheduleMessage: posted when the clock is there, listed and deletable until then', async () => {
  const { api, slack } = await scene();
  await slack.freezeClock();
  const now = Math.floor((await slack.state()).clock.now / 1000);
  const schedule = (text: string, after: number) =>
    api('chat.scheduleMessage', { channel: GENERAL, text, post_at: now + after });
  expect(await schedule('past', 0)).toMatchObject({ error: 'time_in_past' });
  expect(await schedule('far', 121 * 86_400)).toMatchObject({ error: 'time_too_far' });
  const late = await schedule('late', 120);
  const soon = await schedule('soon', 60);
  const list = async () => {
    const answer = await api('chat.scheduledMessages.list');
    return (answer.scheduled_messages as Message[]).map(({ text }) => text);
  };
  expect(await list()).toEqual(['soon', 'late']);
  const id = String(late.scheduled_message_id);
  const remove = () => api('chat.deleteScheduledMessage', { channel: GENERAL, scheduled_message_id: id });
  expect(await remove()).toEqual({ ok: true });
  expect(await remove()).toMatchObject({ error: 'invalid_scheduled_message_id' });
  expect((await slack.state()).messages).toEqual([]);
  await slack.advanceClock(120_000);
  expect((await slack.state()).messages.map(({ text }) => text)).toEqual(['soon']);
  expect(await list()).toEqual([]);
  expect(soon).toMatchObject({
    ok: true,
    post_at: now + 60,
    scheduled_message_id: expect.stringMatching(/^Q/),
  });
});

test('§2 chat.update more than once in 3 s: noted, refused by option, or let be', async () => {
  const { api, slack } = await scene();
  await slack.freezeClock();
  const { ts } = await api('chat.postMessage', { channel: GENERAL, text: 'x' });
  const update = () => api('chat.update', { channel: GENERAL, ts: String(ts), text: 'y' });
  const notes = async () => (await slack.calls({ method: 'chat.update' })).map((call) => call.notes.length);
  await update();
  await slack.advanceClock(2_999);
  expect(await update()).toMatchObject({ ok: true });
  await slack.advanceClock(3_000);
  await update();
  expect(await notes()).toEqual([0, 1, 0]);
  await slack.setOptions({ updateGuidance: 'enforce' });
  expect(await update()).toMatchObject({ error: 'rate_limited' });
  await slack.setOptions({ updateGuidance: 'off' });
  expect(await update()).toMatchObject({ ok: true });
  expect((await notes()).at(-1)).toBe(0);
});

test('a message scheduled for 60 days ahead waits for its time', async () => {
  const { api, slack } = await scene({ withApp: false });
  await slack.freezeClock();
  const { now } = (await slack.state()).clock;
  const days = (count: number) => count * 86_400;
  const postAt = Math.floor(now / 1000) + days(60);
  expect(await api('chat.scheduleMessage', { channel: GENERAL, text: 'x', post_at: postAt })).toMatchObject({
    ok: true,
  });
  // A timer of 60 days that overflows is due at once: whoever waits for the message finds it.
  await expect(slack.waitForMessage({ textIncludes: 'x' }, 100)).rejects.toThrow('not within');
  await slack.advanceClock(days(60) * 1000);
  expect(await slack.waitForMessage({ textIncludes: 'x' })).toMatchObject({ text: 'x' });
});
