import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { REQUESTER, SEED, scene } from './support.ts';

const { reviewer, operator, guest, former, partner } = SEED.people;

test('users.info of an ordinary person', async () => {
  const { api, slack } = await scene();
  await slack.changePerson({ user: REQUESTER, realName: 'Requesting Person', title: 'Lead', isAdmin: true });
  const { user } = await api('users.info', { user: REQUESTER, include_locale: true });
  expect(user).toMatchObject({
    id: REQUESTER,
    team_id: SEED.team,
    name: 'requester',
    real_name: 'Requesting Person',
    deleted: false,
    tz: 'Europe/Berlin',
    locale: 'en-US',
    is_bot: false,
    is_admin: true,
    is_restricted: false,
    profile: { display_name: 'requester', real_name: 'Requesting Person', title: 'Lead' },
  });
  expect(user).not.toHaveProperty('is_stranger');
  expect((user as { profile: object }).profile).not.toHaveProperty('email');
});

test('§10.3 the e-mail address needs users:read.email; bots have none', async () => {
  const { api, slack } = await scene();
  await slack.setInstallation({ scopes: ['users:read', 'users:read.email'] });
  expect(await api('users.info', { user: REQUESTER })).toMatchObject({
    user: { profile: { email: 'requester@sluice-local.example' } },
  });
  const { user } = await api('users.info', { user: SEED.botUser });
  expect(user).toMatchObject({ is_bot: true, profile: { bot_id: SEED.bot, api_app_id: SEED.app } });
  expect((user as { profile: object }).profile).not.toHaveProperty('email');
});

test('users.info of a guest and of somebody deactivated', async () => {
  const { api } = await scene();
  expect(await api('users.info', { user: guest })).toMatchObject({ user: { is_restricted: true } });
  const { user } = await api('users.info', { user: former });
  expect(user).toMatchObject({ id: former, deleted: true });
  for (const member of ['tz', 'tz_offset', 'is_admin', 'is_restricted'])
    expect(user).not.toHaveProperty(member);
});

test('people of another organisation: known from a shared channel, a stranger without the bot in it, else nobody', async () => {
  const { api, slack } = await scene();
  const info = () => api('users.info', { user: partner });
  const { user: known } = await info();
  expect(known).toMatchObject({ team_id: SEED.partnerTeam, tz: 'Europe/London', is_stranger: false });
  expect(known).not.toHaveProperty('is_restricted');
  await slack.changeChannel({ channel: SEED.channels.shared, leave: [SEED.botUser] });
  const { user: stranger } = await info();
  expect(stranger).toMatchObject({ team_id: SEED.partnerTeam, is_stranger: true, name: 'partner' });
  expect(stranger).not.toHaveProperty('tz');
  await slack.changeChannel({ channel: SEED.channels.shared, sharedWith: [] });
  expect(await info()).toMatchObject({ error: 'user_not_found' });
});

test('users.list: everybody of the workspace, page by page', async () => {
  const { api } = await scene();
  const all = (await api('users.list')).members as JsonObject[];
  expect(all.map(({ id }) => id)).toEqual(
    [guest, former, operator, REQUESTER, reviewer, SEED.botUser].sort(),
  );
  const first = await api('users.list', { limit: 4 });
  const { next_cursor: cursor } = first.response_metadata as { next_cursor: string };
  const rest = await api('users.list', { limit: 4, cursor });
  expect([...(first.members as JsonObject[]), ...(rest.members as JsonObject[])]).toEqual(all);
  expect(await api('users.list', { cursor: 'Y2hhbm5lbDpD' })).toMatchObject({ error: 'invalid_cursor' });
});

test('users.lookupByEmail: active people of the workspace', async () => {
  const { api, slack } = await scene();
  const lookup = (email: string) => api('users.lookupByEmail', { email });
  expect(await lookup('reviewer@sluice-local.example')).toMatchObject({
    error: 'missing_scope',
    needed: 'users:read.email',
  });
  await slack.setInstallation({ scopes: ['users:read.email'] });
  expect(await lookup('Reviewer@sluice-local.example')).toMatchObject({ ok: true, user: { id: reviewer } });
  expect(await lookup('former@sluice-local.example')).toMatchObject({ error: 'users_not_found' });
  expect(await lookup('partner@partner-local.example')).toMatchObject({ error: 'users_not_found' });
});

test('users.profile.get: of a person, or its own', async () => {
  const { api, slack } = await scene();
  await slack.setInstallation({ scopes: ['users.profile:read'] });
  expect(await api('users.profile.get', { user: operator })).toMatchObject({
    profile: { real_name: 'operator' },
  });
  expect(await api('users.profile.get')).toMatchObject({ profile: { bot_id: SEED.bot } });
  expect(await api('users.profile.get', { user: 'U404' })).toMatchObject({ error: 'user_not_found' });
});

test('usergroups.list and usergroups.users.list', async () => {
  const { api, slack } = await scene();
  await slack.setInstallation({ scopes: ['usergroups:read'] });
  const list = await api('usergroups.list');
  expect(list).toMatchObject({ usergroups: [{ id: SEED.userGroup, handle: 'oncall', is_usergroup: true }] });
  expect((list.usergroups as JsonObject[])[0]).not.toHaveProperty('users');
  expect(await api('usergroups.list', { include_users: true, include_count: true })).toMatchObject({
    usergroups: [{ users: [reviewer, operator], user_count: 2 }],
  });
  const users = (more = {}) => api('usergroups.users.list', { usergroup: SEED.userGroup, ...more });
  expect(await users()).toEqual({ ok: true, users: [reviewer, operator] });
  await slack.changeUserGroup({ group: SEED.userGroup, deleted: true });
  expect(await api('usergroups.list')).toMatchObject({ usergroups: [] });
  expect(await users()).toMatchObject({ error: 'no_such_subteam' });
  expect(await users({ include_disabled: true })).toMatchObject({ ok: true });
});

test('team.info and bots.info', async () => {
  const { api, slack } = await scene();
  await slack.setInstallation({ scopes: ['team:read', 'users:read'] });
  expect(await api('team.info')).toMatchObject({
    team: { id: SEED.team, name: 'Sluice', domain: 'sluice-local' },
  });
  expect(await api('team.info', { team: SEED.partnerTeam })).toMatchObject({ error: 'team_not_found' });
  expect(await api('bots.info', { bot: SEED.bot })).toMatchObject({
    bot: { id: SEED.bot, app_id: SEED.app, user_id: SEED.botUser, deleted: false },
  });
  expect(await api('bots.info', { bot: 'B404' })).toMatchObject({ error: 'bot_not_found' });
});

test.each([
  ['users.list', 'users:read'],
  ['users.profile.get', 'users.profile:read'],
  ['usergroups.list', 'usergroups:read'],
  ['usergroups.users.list', 'usergroups:read'],
  ['team.info', 'team:read'],
  ['bots.info', 'users:read'],
])('§1.6 missing_scope: %s needs %s', async (method, needed) => {
  const { api, slack } = await scene();
  await slack.setInstallation({ scopes: ['chat:write'] });
  expect(await api(method, { usergroup: 'S' })).toMatchObject({
    error: 'missing_scope',
    needed,
    provided: 'chat:write',
  });
});

test('somebody who is deactivated is in no channel any more', async () => {
  const { api, slack } = await scene();
  await slack.deactivate(operator);
  const { members } = await api('conversations.members', { channel: SEED.channels.general });
  expect(members).not.toContain(operator);
  await expect(slack.post({ user: operator, channel: SEED.channels.general, text: 'x' })).rejects.toThrow(
    '409',
  );
  await slack.changePerson({ user: operator, deleted: false });
  expect(await api('users.info', { user: operator })).toMatchObject({ user: { deleted: false } });
});
