import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { DM, GENERAL, REQUESTER, SEED, scene } from './support.ts';

const { partner, reviewer } = SEED.people;
const { shared: SHARED, group: GROUP } = SEED.channels;
const eventOf = (payload: unknown) => (payload as { event: JsonObject }).event;

test('§6 a channel shared with another organisation: is_ext_shared, and the receiver is named by authorizations', async () => {
  const { slack } = await scene();
  await slack.post({ user: partner, channel: SHARED, text: '@sluice hi' });
  const { payload } = await slack.waitForDelivery({ type: 'app_mention' });
  expect(payload).toMatchObject({
    team_id: SEED.partnerTeam,
    context_team_id: SEED.team,
    is_ext_shared_channel: true,
    authorizations: [{ team_id: SEED.team, user_id: SEED.botUser, is_enterprise_install: false }],
  });
  expect(eventOf(payload)).toMatchObject({ user: partner, team: SEED.partnerTeam, channel: SHARED });
});

test('§6 the same app in both workspaces of a shared channel: one event; apps.event.authorizations.list names both', async () => {
  const { slack } = await scene();
  const { botUserId } = await slack.install({ app: SEED.app, teamId: SEED.partnerTeam });
  await slack.changeChannel({ channel: SHARED, join: [botUserId] });
  await slack.post({ user: REQUESTER, channel: SHARED, text: 'hi' });
  const [first, ...more] = await slack.deliveries({ type: 'message' });
  expect(more).toEqual([]);
  const { event_context, authorizations } = (first?.payload ?? {}) as JsonObject;
  expect(authorizations).toMatchObject([{ team_id: SEED.team }]);
  const { token } = await slack.createToken({ kind: 'app', app: SEED.app });
  const listed = await slack.api('apps.event.authorizations.list', token, {
    event_context: String(event_context),
  });
  expect(listed.authorizations).toMatchObject([
    { team_id: SEED.team, user_id: SEED.botUser, is_bot: true },
    { team_id: SEED.partnerTeam, user_id: botUserId, is_bot: true },
  ]);
});

test("§6 apps.event.authorizations.list takes an app's own token with authorizations:read", async () => {
  const { slack, api } = await scene();
  const method = 'apps.event.authorizations.list';
  expect(await api(method, { event_context: '4-x' })).toMatchObject({ error: 'not_allowed_token_type' });
  const poor = await slack.createToken({ kind: 'app', app: SEED.app, scopes: ['connections:write'] });
  expect(await slack.api(method, poor.token, { event_context: '4-x' })).toMatchObject({
    error: 'missing_scope',
    needed: 'authorizations:read',
  });
  const { token } = await slack.createToken({ kind: 'app', app: SEED.app });
  expect(await slack.api(method, token, { event_context: '4-x' })).toMatchObject({
    error: 'invalid_event_context',
  });
  expect(await api('auth.test')).toMatchObject({ ok: true });
  expect(await slack.api('auth.test', token)).toMatchObject({ error: 'not_allowed_token_type' });
});

test('a shared channel is seen from each workspace, by its own id of the viewer', async () => {
  const { slack, api } = await scene();
  const { botToken, botUserId } = await slack.install({ app: SEED.app, teamId: SEED.partnerTeam });
  const theirs = (method: string, args: Record<string, string>) => slack.api(method, botToken, args);
  expect(await theirs('chat.postMessage', { channel: SHARED, text: 'x' })).toMatchObject({
    error: 'not_in_channel',
  });
  await slack.changeChannel({ channel: SHARED, join: [botUserId] });
  expect(await theirs('chat.postMessage', { channel: SHARED, text: 'x' })).toMatchObject({ ok: true });
  expect(await theirs('conversations.info', { channel: SHARED })).toMatchObject({
    channel: {
      is_shared: true,
      is_ext_shared: true,
      context_team_id: SEED.partnerTeam,
      conversation_host_id: SEED.team,
    },
  });
  expect(await api('conversations.info', { channel: SHARED })).toMatchObject({
    channel: { context_team_id: SEED.team, shared_team_ids: [SEED.team, SEED.partnerTeam] },
  });
  expect(await theirs('conversations.info', { channel: GENERAL })).toMatchObject({
    error: 'channel_not_found',
  });
  await slack.changeChannel({ channel: SHARED, sharedWith: [] });
  expect(await theirs('conversations.info', { channel: SHARED })).toMatchObject({
    error: 'channel_not_found',
  });
  expect(await api('conversations.info', { channel: SHARED })).toMatchObject({
    channel: { is_ext_shared: false },
  });
});

test('a DM with somebody of another organisation: both see it, events say that it is shared', async () => {
  const { slack, api } = await scene();
  await slack.setInstallation({ scopes: ['im:write', 'im:history', 'chat:write'] });
  const opened = await api('conversations.open', { users: partner });
  const { id: channel } = opened.channel as { id: string };
  expect(await api('chat.postMessage', { channel, text: 'x' })).toMatchObject({ ok: true });
  const { delivery: after } = await slack.mark();
  await slack.post({ user: partner, channel, text: 'hi' });
  const { payload } = await slack.waitForDelivery({ type: 'message', after });
  expect(payload).toMatchObject({ is_ext_shared_channel: true, context_team_id: SEED.team });
  expect(eventOf(payload)).toMatchObject({ channel_type: 'im', user: partner });
});

test('§6 channel_type of a group DM is mpim, and a mention there is an app_mention too', async () => {
  const { slack } = await scene();
  await slack.post({ user: reviewer, channel: GROUP, text: '@sluice hi' });
  expect(eventOf((await slack.waitForDelivery({ type: 'message' })).payload)).toMatchObject({
    channel: GROUP,
    channel_type: 'mpim',
  });
  await slack.waitForDelivery({ type: 'app_mention' });
});

test('the seed: DMs, a user group, one who left, a partner, the app with its command and shortcuts', async () => {
  const { slack } = await scene();
  const { channels, userGroups, people, apps, enterprises } = await slack.state();
  expect(channels.find(({ id }) => id === DM)).toMatchObject({ members: [REQUESTER, SEED.botUser] });
  expect(userGroups).toMatchObject([{ id: SEED.userGroup, handle: 'oncall' }]);
  expect(people.filter((one) => one.deleted).map(({ name }) => name)).toEqual(['former']);
  expect(apps).toMatchObject([
    {
      clientId: SEED.clientId,
      commands: [{ command: '/sluice', url: null }],
      shortcuts: [
        { type: 'message', callbackId: 'ask_agent' },
        { type: 'global', callbackId: 'new_request' },
      ],
      homeTab: true,
      optionsUrl: null,
    },
  ]);
  expect(enterprises).toEqual([]);
});

test.each([
  ['people of no workspace', 'people', { teamId: 'T404', name: 'x' }, 'no workspace T404'],
  [
    'a workspace of no organisation',
    'workspaces',
    { name: 'x', enterpriseId: 'E404' },
    'no organisation E404',
  ],
  ['a channel of nobody', 'channels', { teamId: SEED.team, name: 'x', members: ['U404'] }, 'no person U404'],
  [
    'a channel shared with nobody',
    'channels',
    { teamId: SEED.team, name: 'x', members: [], sharedWith: ['T404'] },
    'no workspace T404',
  ],
  [
    'a user group of nobody',
    'user-groups',
    { teamId: SEED.team, handle: 'x', members: ['U404'] },
    'no person U404',
  ],
  ['an install nowhere', 'installations', { app: SEED.app }, 'give teamId'],
  ['an app of nothing', 'apps', { name: 'x' }, 'give a manifest, or name and signingSecret'],
  ['a person of an unknown key', 'people', { teamId: SEED.team, name: 'x', colour: 'red' }, 'colour'],
])('the admin API refuses %s in words', async (_, path, body, words) => {
  const { slack } = await scene();
  const response = await fetch(`${slack.url}/_admin/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(words);
});

test('reset with world: tokens, groups and organisations are the seed again', async () => {
  const { slack, api } = await scene();
  await slack.createEnterprise({ name: 'Org' });
  const { token } = await slack.createToken({ kind: 'user', user: REQUESTER });
  await slack.createUserGroup({ teamId: SEED.team, handle: 'more' });
  await slack.revokeToken(SEED.botToken);
  await slack.reset({ world: true });
  const { enterprises, userGroups, tokens } = await slack.state();
  expect([enterprises.length, userGroups.length, tokens.length]).toEqual([0, 1, 1]);
  expect(await api('auth.test')).toMatchObject({ ok: true });
  expect(await slack.api('auth.test', token)).toMatchObject({ error: 'invalid_auth' });
});

test('channels of every kind by the admin API, shared and read-only ones too', async () => {
  const { slack, api } = await scene();
  const members = [REQUESTER, SEED.botUser];
  const group = await slack.createChannel({ teamId: SEED.team, name: 'mpdm', kind: 'mpim', members });
  expect(group.id).toMatch(/^G/);
  const open = await slack.createChannel({
    teamId: SEED.team,
    name: 'with-partner',
    members: [...members, partner],
    sharedWith: [SEED.partnerTeam],
    topic: 'Topic',
  });
  expect(open).toMatchObject({ extShared: true, topic: 'Topic', postingRestricted: false });
  const restricted = await slack.changeChannel({ channel: open.id, postingRestricted: true, sharedWith: [] });
  expect(restricted).toMatchObject({ extShared: false, postingRestricted: true, members });
  const post = { user: REQUESTER, channel: open.id, text: 'x' };
  await expect(slack.post(post)).rejects.toThrow('409');
  await slack.changePerson({ user: REQUESTER, isAdmin: true });
  expect(await slack.post(post)).toMatchObject({ text: 'x' });
  expect(await api('chat.postMessage', { channel: open.id, text: 'x' })).toMatchObject({
    error: 'restricted_action_read_only_channel',
  });
});
