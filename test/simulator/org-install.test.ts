import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { CALLBACK, form } from './oauth-scene.ts';
import { SEED, scene } from './support.ts';

const ORG = 'E0SLUICE001';
const FIRST = 'T0FIRST0001';
const SECOND = 'T0SECOND001';
const ADMIN = 'U0ORGADMIN0';

/** An organisation of two workspaces with a channel each, and the seeded app installed for all of it by OAuth. */
async function orgScene() {
  const base = await scene();
  const { slack } = base;
  await slack.createEnterprise({ id: ORG, name: 'Org' });
  for (const [id, name] of [
    [FIRST, 'First'],
    [SECOND, 'Second'],
  ] as const) {
    await slack.createWorkspace({ id, name, enterpriseId: ORG });
  }
  await slack.createPerson({ id: ADMIN, teamId: FIRST, name: 'orgadmin', isAdmin: true });
  await slack.createPerson({ id: 'U0ORGPERSON', teamId: SECOND, name: 'person' });
  await slack.setApp({ orgDeploy: true, redirectUrls: [CALLBACK] });
  const query = {
    client_id: SEED.clientId,
    scope: 'chat:write,channels:read,users:read,app_mentions:read,team:read,usergroups:read',
  };
  const { code } = await slack.authorize({ user: ADMIN, enterprise: ORG, query });
  const client = { client_id: SEED.clientId, client_secret: SEED.clientSecret };
  const installed = await form(base, 'oauth.v2.access', { ...client, code: code ?? '' });
  const token = String(installed.access_token);
  const bot = String(installed.bot_user_id);
  const first = await slack.createChannel({ teamId: FIRST, name: 'one', members: [ADMIN, bot] });
  const second = await slack.createChannel({ teamId: SECOND, name: 'two', members: ['U0ORGPERSON', bot] });
  const api = (method: string, args: Record<string, string> = {}) => slack.api(method, token, args);
  return { ...base, query, client, installed, bot, first, second, api };
}

test('§8 org install: is_enterprise_install, team null, one token for all workspaces', async () => {
  const { installed, api, first, second } = await orgScene();
  expect(installed).toMatchObject({
    ok: true,
    team: null,
    enterprise: { id: ORG, name: 'Org' },
    is_enterprise_install: true,
  });
  for (const channel of [first.id, second.id]) {
    expect(await api('chat.postMessage', { channel, text: 'x' })).toMatchObject({ ok: true, channel });
  }
  expect(await api('auth.test')).toMatchObject({ enterprise_id: ORG, is_enterprise_install: true });
});

test('§1.1 org-wide token: the workspace comes from the channel', async () => {
  const { slack, api, second } = await orgScene();
  const { ts } = (await api('chat.postMessage', { channel: second.id, text: 'x' })) as { ts: string };
  expect(await slack.message(second.id, ts)).toMatchObject({ teamId: SECOND });
  expect((await slack.calls({ method: 'chat.postMessage' })).at(-1)).toMatchObject({ team: SECOND });
});

test.each([
  ['conversations.list', 'channels'],
  ['users.list', 'members'],
  ['usergroups.list', 'usergroups'],
])('§8 org-wide token: %s needs team_id', async (method, list) => {
  const { api } = await orgScene();
  expect(await api(method)).toMatchObject({ error: 'missing_argument' });
  expect(await api(method, { team_id: SECOND })).toMatchObject({ ok: true, [list]: expect.any(Array) });
  expect(await api(method, { team_id: SEED.team })).toMatchObject({ error: 'team_access_not_granted' });
});

test('§8 conversations.list with team_id shows that workspace only', async () => {
  const { api, first } = await orgScene();
  expect(await api('conversations.list', { team_id: FIRST })).toMatchObject({ channels: [{ id: first.id }] });
});

test('§8 auth.teams.list: the workspaces that were granted, page by page', async () => {
  const { api } = await orgScene();
  expect(await api('auth.teams.list')).toMatchObject({
    teams: [{ id: FIRST, name: 'First' }, { id: SECOND }],
  });
  const page = (await api('auth.teams.list', { limit: '1' })) as { response_metadata: JsonObject };
  expect(page).toMatchObject({ teams: [{ id: FIRST }] });
  const cursor = String(page.response_metadata.next_cursor);
  expect(await api('auth.teams.list', { limit: '1', cursor })).toMatchObject({
    teams: [{ id: SECOND }],
    response_metadata: { next_cursor: '' },
  });
});

test('§1.6 team_access_not_granted: a workspace taken from an org-wide install', async () => {
  const { slack, api, first, second } = await orgScene();
  await slack.setInstallation({ team: SECOND, revoked: true });
  expect(await api('chat.postMessage', { channel: second.id, text: 'x' })).toMatchObject({
    error: 'team_access_not_granted',
  });
  expect(await api('chat.postMessage', { channel: first.id, text: 'x' })).toMatchObject({ ok: true });
  expect(await api('auth.teams.list')).toMatchObject({ teams: [{ id: FIRST }] });
  expect(await slack.deliveries({ type: 'app_uninstalled' })).toEqual([]);
});

test("§1.6 a channel of a stranger's workspace is channel_not_found", async () => {
  const { api } = await orgScene();
  expect(await api('chat.postMessage', { channel: SEED.channels.general, text: 'x' })).toMatchObject({
    error: 'channel_not_found',
  });
});

test('§6 events of an org install: context_team_id is the workspace, authorizations tell of the organisation', async () => {
  const { slack, bot, second } = await orgScene();
  await slack.post({ user: 'U0ORGPERSON', channel: second.id, text: `<@${bot}> hi` });
  const { payload } = await slack.waitForDelivery({ type: 'app_mention' });
  expect(payload).toMatchObject({
    context_team_id: SECOND,
    context_enterprise_id: ORG,
    authorizations: [{ enterprise_id: ORG, user_id: bot, is_bot: true, is_enterprise_install: true }],
  });
});

test('§6 a channel shared by two workspaces of the organisation: one event', async () => {
  const { slack, bot, second } = await orgScene();
  await slack.changeChannel({ channel: second.id, sharedWith: [FIRST] });
  await slack.post({ user: 'U0ORGPERSON', channel: second.id, text: `<@${bot}> hi` });
  expect(await slack.deliveries({ type: 'app_mention' })).toHaveLength(1);
  expect((await slack.state()).channels.find(({ id }) => id === second.id)).toMatchObject({
    extShared: false,
  });
});

test('§8 cannot_install_an_org_installed_app: into one workspace of the organisation', async () => {
  const { slack, query, client } = await orgScene();
  await expect(slack.authorize({ user: ADMIN, team: FIRST, query })).rejects.toThrow(
    'cannot_install_an_org_installed_app',
  );
  // Allowed before the organisation got it, exchanged after.
  const other = await slack.createApp({
    name: 'b',
    signingSecret: 'x',
    orgDeploy: true,
    redirectUrls: [CALLBACK],
  });
  const theirs = { ...query, client_id: other.clientId };
  const { code } = await slack.authorize({ user: ADMIN, team: FIRST, query: theirs });
  await slack.install({ app: other.id, enterpriseId: ORG });
  const args = { client_id: other.clientId, client_secret: other.clientSecret, code: code ?? '' };
  expect(await form({ slack }, 'oauth.v2.access', args)).toMatchObject({
    error: 'cannot_install_an_org_installed_app',
  });
  expect(client.client_id).not.toBe(other.clientId);
});

test.each([
  ['somebody who is no admin', { user: 'U0ORGPERSON' }, {}, 'restricted_action'],
  ['an app without org deploy', { user: ADMIN }, { orgDeploy: false }, 'org_deploy_not_enabled'],
  ['somebody of elsewhere', { user: SEED.people.requester }, {}, 'invalid_enterprise'],
])('§8 org install refused: %s', async (_, who, app, error) => {
  const { slack, query } = await orgScene();
  await slack.setApp(app);
  await expect(slack.authorize({ ...who, enterprise: ORG, query })).rejects.toThrow(error);
});

test('§8 uninstall of an org install: once, and everywhere', async () => {
  const { slack, api } = await orgScene();
  await slack.uninstall({ team: FIRST });
  expect(await slack.deliveries({ type: 'app_uninstalled' })).toHaveLength(1);
  expect(await api('auth.test')).toMatchObject({ error: 'account_inactive' });
  const { installations } = await slack.state();
  expect(installations.filter((one) => one.isEnterpriseInstall).every((one) => one.revoked)).toBe(true);
});

test('team.info of an organisation names it', async () => {
  const { api } = await orgScene();
  expect(await api('team.info', { team: SECOND })).toMatchObject({
    team: { id: SECOND, name: 'Second', enterprise_id: ORG, enterprise_name: 'Org' },
  });
});
