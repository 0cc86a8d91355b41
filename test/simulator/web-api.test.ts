import { expect, test } from 'vitest';
import { DM, GENERAL, messagesOf, REQUESTER, SEED, scene } from './support.ts';

const form = (url: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers, body: new URLSearchParams(body) }).then((response) =>
    response.json(),
  );

test('§1.1 form and JSON bodies, token in the header or among the arguments', async () => {
  const { slack } = await scene();
  const url = `${slack.apiUrl}auth.test`;
  const authorization = `Bearer ${SEED.botToken}`;
  expect(await form(url, {}, { authorization })).toMatchObject({ ok: true });
  expect(await form(url, { token: SEED.botToken })).toMatchObject({ ok: true });
  const json = { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: '{}' };
  expect(await (await fetch(url, json)).json()).toMatchObject({ ok: true });
});

test('§1.1 forms carry lists and objects as JSON strings', async () => {
  const { slack } = await scene();
  const blocks = JSON.stringify([{ type: 'divider' }]);
  const url = `${slack.apiUrl}chat.postMessage`;
  const body = { token: SEED.botToken, channel: GENERAL, text: 'x', blocks };
  expect(await form(url, body)).toMatchObject({ ok: true, message: { blocks: [{ type: 'divider' }] } });
  expect(await form(url, { ...body, blocks: '[{' })).toMatchObject({ error: 'invalid_blocks_format' });
});

test('§1.6 generic errors: not_authed, invalid_auth, token_revoked, unknown_method, invalid_json', async () => {
  const { slack, api } = await scene();
  const url = `${slack.apiUrl}auth.test`;
  expect(await form(url, {})).toMatchObject({ ok: false, error: 'not_authed' });
  expect(await slack.api('auth.test', 'xoxb-nobody')).toMatchObject({ error: 'invalid_auth' });
  expect(await api('chat.shout')).toMatchObject({ error: 'unknown_method' });
  const broken = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a"' };
  expect(await (await fetch(url, broken)).json()).toMatchObject({ error: 'invalid_json' });
  await slack.setInstallation({ revoked: true });
  expect(await api('auth.test')).toMatchObject({ error: 'token_revoked' });
});

test('§1.6 missing_scope names what is needed and what was provided', async () => {
  const { slack, api } = await scene();
  await slack.setInstallation({ scopes: ['chat:write', 'channels:history'] });
  expect(await api('users.info', { user: REQUESTER })).toMatchObject({
    ok: false,
    error: 'missing_scope',
    needed: 'users:read',
    provided: 'chat:write,channels:history',
  });
  expect(await api('conversations.history', { channel: DM })).toMatchObject({ needed: 'im:history' });
  expect(await api('conversations.info', { channel: GENERAL })).toMatchObject({ needed: 'channels:read' });
});

test('§12 answers carry the scopes in headers', async () => {
  const { slack } = await scene();
  const response = await fetch(`${slack.apiUrl}auth.test?token=${SEED.botToken}`);
  expect(response.headers.get('x-oauth-scopes')).toContain('chat:write');
  // An empty list would be read as one scope without a name.
  expect(response.headers.get('x-accepted-oauth-scopes')).toBeNull();
  const post = await fetch(`${slack.apiUrl}chat.postMessage?token=${SEED.botToken}`);
  expect(post.headers.get('x-accepted-oauth-scopes')).toBe('chat:write');
});

test('the call log masks the token and names unknown arguments', async () => {
  const { slack, api } = await scene();
  await api('auth.test', { colour: 'red' });
  const [call] = await slack.calls();
  expect(JSON.stringify(call)).not.toContain(SEED.botToken);
  expect(call).toMatchObject({ method: 'auth.test', unknownArguments: ['colour'], ok: true, status: 200 });
});

test('auth.test says who the token is', async () => {
  const { api } = await scene();
  expect(await api('auth.test')).toMatchObject({
    team_id: SEED.team,
    user_id: SEED.botUser,
    bot_id: SEED.bot,
  });
});

test('users.info gives the zone of a person of the same workspace only', async () => {
  const { api, slack } = await scene();
  expect(await api('users.info', { user: 'U0OPERATOR0' })).toMatchObject({
    user: { name: 'operator', tz: 'Asia/Tokyo', tz_offset: 32_400, is_bot: false },
  });
  const other = await slack.createWorkspace({ name: 'Other' });
  const stranger = await slack.createPerson({ teamId: other.id, name: 'stranger' });
  expect(await api('users.info', { user: stranger.id })).toMatchObject({ error: 'user_not_found' });
});

test('several workspaces: a token sees only its own', async () => {
  const { slack } = await scene();
  const other = await slack.createWorkspace({ name: 'Other' });
  const { botToken, botUserId } = await slack.install({ app: SEED.app, teamId: other.id });
  const channel = await slack.createChannel({ teamId: other.id, name: 'there', members: [botUserId] });
  expect(await slack.api('chat.postMessage', botToken, { channel: channel.id, text: 'x' })).toMatchObject({
    ok: true,
  });
  expect(await slack.api('chat.postMessage', botToken, { channel: GENERAL, text: 'x' })).toMatchObject({
    error: 'channel_not_found',
  });
});

test('§10.1 agents.sessions.setStatus: arguments, errors, and processing ends by itself after an hour', async () => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  const args = { channel_id: GENERAL, thread_ts: ts };
  const method = 'agents.sessions.setStatus';
  expect(await api(method, { ...args, status: 'busy' })).toMatchObject({ error: 'invalid_status' });
  expect(await api(method, { channel_id: GENERAL, status: 'active' })).toMatchObject({
    error: 'thread_ts_required',
  });
  expect(await api(method, { ...args, channel_id: 'C404', status: 'active' })).toMatchObject({
    error: 'channel_not_found',
  });
  expect(messagesOf(await api(method, { thread_ts: ts }))).toHaveLength(2);
  await slack.freezeClock();
  expect(await api(method, { ...args, status: 'processing', title: 'T' })).toMatchObject({
    ok: true,
    status: 'processing',
    agent_status: 'processing',
    title: 'T',
  });
  await slack.advanceClock(3_600_000);
  expect((await slack.session(GENERAL, ts))?.status).toBe('active');
});

test('§10.1 not an agent: feature_disabled; not subscribed to the stop: a warning', async () => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  const args = { channel_id: GENERAL, thread_ts: ts, status: 'processing' };
  await slack.setApp({ subscriptions: ['app_mention'] });
  expect(await api('agents.sessions.setStatus', args)).toMatchObject({
    warning: 'missing_agent_session_stopped_event_subscription',
  });
  await slack.setApp({ isAgent: false });
  expect(await api('agents.sessions.setStatus', args)).toMatchObject({ error: 'feature_disabled' });
});

test('reactions: added once, removed once', async () => {
  const { api, slack } = await scene();
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  const args = { channel: GENERAL, timestamp: ts, name: 'eyes' };
  expect(await api('reactions.add', args)).toMatchObject({ ok: true });
  expect(await api('reactions.add', args)).toMatchObject({ error: 'already_reacted' });
  expect((await slack.message(GENERAL, ts))?.reactions).toEqual([{ name: 'eyes', users: [SEED.botUser] }]);
  expect(await api('reactions.remove', args)).toMatchObject({ ok: true });
  expect(await api('reactions.remove', args)).toMatchObject({ error: 'no_reaction' });
});

test('conversations.list: public channels by default, private ones only with the bot in them, page by page', async () => {
  const { api } = await scene();
  const names = ({ channels }: { channels?: unknown }): string[] =>
    (Array.isArray(channels) ? channels : []).map(({ name }: { name: string }) => name);
  const all = await api('conversations.list');
  expect(names(all).sort()).toEqual(['announcements', 'general', 'shared-with-partner', 'team']);
  const first = await api('conversations.list', { limit: 2 });
  const { next_cursor: cursor } = first.response_metadata as { next_cursor: string };
  const rest = await api('conversations.list', { limit: 2, cursor });
  expect([...names(first), ...names(rest)].sort()).toEqual(names(all).sort());
  expect(names(await api('conversations.list', { types: 'private_channel' }))).toEqual([]);
  expect(await api('conversations.list', { types: 'rooms' })).toMatchObject({ error: 'invalid_types' });
  expect(await api('conversations.list', { cursor: 'x' })).toMatchObject({ error: 'invalid_cursor' });
});
