import { expect, test } from 'vitest';
import { Changes } from '../../local/slack/changes.ts';
import { Clock } from '../../local/slack/clock.ts';
import type { Json } from '../../local/slack/json.ts';
import { Sessions } from '../../local/slack/sessions.ts';
import { GENERAL, messagesOf, REQUESTER, SEED, scene, text } from './support.ts';

const SET = 'agents.sessions.setStatus';
const RENAME = 'agents.sessions.rename';

/** A thread of #general, and calls about its session. */
async function thread() {
  const setting = await scene();
  const { ts } = await setting.slack.post({ user: REQUESTER, channel: GENERAL, text: 'hi' });
  const about = { channel_id: GENERAL, thread_ts: ts };
  return {
    ...setting,
    ts,
    set: (status: string, more: Record<string, Json> = {}) => setting.api(SET, { ...about, status, ...more }),
    rename: (title: string, more: Record<string, Json> = {}) =>
      setting.api(RENAME, { ...about, title, ...more }),
    session: () => setting.slack.session(GENERAL, ts),
  };
}

/** [error, arguments that differ from a good call] */
const WRONG: [string, Record<string, Json>][] = [
  ['invalid_status', { status: 'busy' }],
  ['channel_not_found', { channel_id: 'C404' }],
  ['thread_ts_required', { thread_ts: '' }],
  ['user_not_found', { initiator_user_id: 'U404' }],
  ['invalid_arguments', { title: 'x'.repeat(201) }],
  ['missing_scope', { username: 'x' }],
];

test.each(WRONG)('§10.1 setStatus: %s (%j)', async (error, args) => {
  const { set, session } = await thread();
  expect(await set('active', args)).toMatchObject({ ok: false, error });
  expect(await session()).toBeUndefined();
});

test('§10.1 setStatus: not_authorized where the bot is not, title of 200 characters passes', async () => {
  const { set, slack } = await thread();
  expect(await set('active', { title: 'x'.repeat(200) })).toMatchObject({ ok: true });
  await slack.changeChannel({ channel: GENERAL, leave: [SEED.botUser] });
  expect(await set('active')).toMatchObject({ error: 'not_authorized' });
});

test('§10.1 setStatus: title and initiator count at the creation only', async () => {
  const { set, session } = await thread();
  await set('processing', { title: 'First', initiator_user_id: REQUESTER });
  expect(await set('active', { title: 'Second' })).toMatchObject({ title: 'First' });
  expect(await session()).toMatchObject({ title: 'First', initiator: REQUESTER });
});

test('§10.1 setStatus: giving one of name and pictures replaces the trio, giving none leaves it', async () => {
  const { set, session, slack } = await thread();
  await slack.setInstallation({ scopes: ['chat:write', 'chat:write.customize'] });
  const identity = async () => (await session())?.agents[0]?.identity;
  await set('processing', { username: 'Helper', icon_emoji: ':eyes:' });
  expect(await identity()).toEqual({ username: 'Helper', iconEmoji: ':eyes:' });
  await set('active');
  expect(await identity()).toEqual({ username: 'Helper', iconEmoji: ':eyes:' });
  await set('active', { icon_url: 'https://example.com/i.png' });
  expect(await identity()).toEqual({ iconUrl: 'https://example.com/i.png' });
});

test('§10.1 status is the highest over all agents: suspended, processing, active, closed', async () => {
  const { slack, ts, set } = await thread();
  const other = await slack.createApp({ name: 'other', signingSecret: 's', isAgent: true });
  const { botToken, botUserId } = await slack.install({ app: other.id, teamId: SEED.team });
  await slack.changeChannel({ channel: GENERAL, join: [botUserId] });
  const asOther = (status: string) =>
    slack.api(SET, botToken, { channel_id: GENERAL, thread_ts: ts, status });
  await asOther('closed');
  const seen = [];
  for (const status of ['closed', 'active', 'processing', 'suspended']) {
    await set(status);
    const answer = await asOther('closed');
    seen.push([answer.status, answer.agent_status]);
  }
  expect(seen).toEqual([
    ['closed', 'closed'],
    ['active', 'closed'],
    ['processing', 'closed'],
    ['suspended', 'closed'],
  ]);
});

test('§10.1 processing ends after an hour, also for who only watches; setting it again renews it', async () => {
  const { set, slack, ts } = await thread();
  await slack.freezeClock();
  await set('processing');
  await slack.advanceClock(3_000_000);
  await set('processing');
  await slack.advanceClock(3_000_000);
  const watching = slack.waitForSession({ channel: GENERAL, thread_ts: ts, status: 'active' });
  expect((await slack.session(GENERAL, ts))?.status).toBe('processing');
  await slack.advanceClock(600_000);
  await watching;
});

test('§10.1 what runs out is told, without anybody asking', () => {
  const [clock, changes] = [new Clock(), new Changes()];
  clock.freeze();
  const sessions = new Sessions(clock, changes);
  const told: string[] = [];
  sessions.set('C1', '1.000001', { app: 'A', status: 'processing' });
  sessions.setLoading('C1', '2.000001', { app: 'A', text: 'is looking…', messages: [] });
  changes.listen((change) => {
    if (change.type === 'session')
      told.push(`${change.threadTs} ${sessions.get('C1', change.threadTs)?.status}`);
  });
  clock.advance(120_000);
  expect(told).toEqual(['2.000001 active']);
  clock.advance(3_480_000);
  expect(told).toEqual(['2.000001 active', '1.000001 active']);
  sessions.clear();
});

test('§1.10 an append does not renew the hour of processing', async () => {
  const { api, openStream, slack } = await scene({ streamLifetimeMs: 10_000_000 });
  await slack.freezeClock();
  const { channel, ts, threadTs } = await openStream();
  await slack.advanceClock(3_500_000);
  await api('chat.appendStream', { channel, ts, chunks: [text('a')] });
  await slack.advanceClock(100_000);
  expect((await slack.session(channel, threadTs))?.status).toBe('active');
});

test('§1.10 a stream of an app that is no agent begins no session', async () => {
  const { openStream, slack } = await scene();
  await slack.setApp({ isAgent: false });
  const { channel, threadTs } = await openStream();
  expect(await slack.session(channel, threadTs)).toBeUndefined();
});

test('§10.1 rename: the new title, and agent_session_title_changed with the one before', async () => {
  const { rename, set, session, slack, ts } = await thread();
  const { subscriptions } = (await slack.state()).apps[0] ?? { subscriptions: [] };
  await slack.setApp({ subscriptions: [...subscriptions, 'agent_session_title_changed'] });
  await set('active', { title: 'Old' });
  expect(await rename('New')).toEqual({ ok: true, title: 'New' });
  expect((await session())?.title).toBe('New');
  const { payload } = await slack.waitForDelivery({ type: 'agent_session_title_changed' });
  const event = { channel: GENERAL, thread_ts: ts, title: 'New', previous_title: 'Old', team_id: SEED.team };
  expect(payload).toMatchObject({ event });
});

test('§10.1 rename: session_not_found, invalid_name, not_authorized, is_archived', async () => {
  const { rename, set, slack } = await thread();
  expect(await rename('New')).toMatchObject({ error: 'session_not_found' });
  await set('active');
  expect(await rename(' ')).toMatchObject({ error: 'invalid_name' });
  expect(await rename('x'.repeat(201))).toMatchObject({ error: 'invalid_name' });
  expect(await rename('x'.repeat(200))).toMatchObject({ ok: true });
  await slack.changeChannel({ channel: GENERAL, archived: true });
  expect(await rename('New')).toMatchObject({ error: 'is_archived' });
  await slack.changeChannel({ channel: GENERAL, archived: false, leave: [SEED.botUser] });
  expect(await rename('New')).toMatchObject({ error: 'not_authorized' });
});

test('§10.1 required arguments are named', async () => {
  const { api } = await thread();
  expect(messagesOf(await api(RENAME, {}))).toEqual([
    '[ERROR] missing required field: channel_id',
    '[ERROR] missing required field: title',
  ]);
});
