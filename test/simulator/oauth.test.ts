import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { CALLBACK, form, INSTALLER, oauthScene, TEAM } from './oauth-scene.ts';
import { SEED } from './support.ts';

const query = { client_id: SEED.clientId, scope: 'chat:write,commands', state: 's 1' };

test('§8 the authorize page shows app, workspaces and scopes with a sentence each', async () => {
  const { slack } = await oauthScene();
  const screen = await slack.authorizeScreen({ ...query, user_scope: 'users:read', team: TEAM });
  expect(screen).toMatchObject({
    app: { id: SEED.app, name: 'sluice' },
    redirectUri: CALLBACK,
    state: 's 1',
    botScopes: [{ scope: 'chat:write', says: 'Write messages' }, { scope: 'commands' }],
    userScopes: [{ scope: 'users:read' }],
    enterprises: [],
    people: expect.arrayContaining([expect.objectContaining({ id: INSTALLER, teamId: TEAM })]),
  });
  const { workspaces } = screen as { workspaces: { id: string; installed: boolean; chosen: boolean }[] };
  expect(workspaces.find(({ id }) => id === SEED.team)).toMatchObject({
    installed: true,
    chosen: false,
    granted: expect.arrayContaining(['chat:write']),
  });
  expect(workspaces.find(({ id }) => id === TEAM)).toMatchObject({
    installed: false,
    granted: [],
    chosen: true,
  });
});

test.each([
  ['no such client', { client_id: '1.2' }, 'invalid_client_id'],
  ['no client', { client_id: '' }, 'invalid_client_id'],
  ['another host', { redirect_uri: 'https://evil.example/slack/oauth' }, 'bad_redirect_uri'],
  ['a path that only begins alike', { redirect_uri: `${CALLBACK}2` }, 'bad_redirect_uri'],
  ['no URL', { redirect_uri: 'there' }, 'bad_redirect_uri'],
  ['nothing asked for', { scope: '' }, 'no_scopes'],
  ['no such scope', { scope: 'chat:write,shout' }, 'invalid_scope'],
  ['a scope of people for the bot', { scope: 'search:read' }, 'invalid_scope'],
  ['a scope of bots for a person', { user_scope: 'app_mentions:read' }, 'invalid_scope'],
  ['a challenge without PKCE', { code_challenge: 'x', code_challenge_method: 'S256' }, 'pkce_not_allowed'],
])('§8 authorize: %s', async (_, change, error) => {
  const { slack } = await oauthScene();
  const wrong = { ...query, ...change };
  expect(await slack.authorizeScreen(wrong)).toMatchObject({ error });
  await expect(slack.authorize({ user: INSTALLER, query: wrong })).rejects.toThrow(error);
});

test('§8 authorize without any redirect URL: bad_redirect_uri; below a configured one is good', async () => {
  const { slack } = await oauthScene();
  const below = await slack.authorize({
    user: INSTALLER,
    query: { ...query, redirect_uri: `${CALLBACK}/deep?x=1` },
  });
  expect(below.redirect).toMatch(/^https:\/\/app\.example\/slack\/oauth\/deep\?x=1&code=/);
  await slack.setApp({ redirectUrls: [] });
  expect(await slack.authorizeScreen(query)).toMatchObject({ error: 'bad_redirect_uri' });
});

test('§8 allowed: code and state come back; refused: error=access_denied and state', async () => {
  const { slack } = await oauthScene();
  const allowed = await slack.authorize({ user: INSTALLER, query });
  expect(allowed.redirect.startsWith(`${CALLBACK}?code=`)).toBe(true);
  expect(allowed).toMatchObject({ state: 's 1', error: null });
  const refused = await slack.authorize({ user: INSTALLER, query, allow: false });
  expect(refused).toMatchObject({ code: null, state: 's 1', error: 'access_denied' });
});

test.each([
  ['somebody of another workspace', { user: INSTALLER, team: SEED.team }, 'invalid_team'],
  ['a guest', { user: SEED.people.guest }, 'user_is_restricted'],
  ['somebody deactivated', { user: SEED.people.former }, 'user_not_found'],
  ['a bot', { user: SEED.botUser }, 'user_not_found'],
])('§8 authorize: %s cannot install', async (_, who, error) => {
  const { slack } = await oauthScene();
  await expect(slack.authorize({ query, ...who })).rejects.toThrow(error);
});

test('§8 oauth.v2.access: the answer, and a bot that works', async () => {
  const { slack, install } = await oauthScene();
  const answer = await install();
  expect(answer).toEqual({
    ok: true,
    access_token: expect.stringMatching(/^xoxb-/),
    token_type: 'bot',
    scope: 'chat:write,commands',
    bot_user_id: expect.stringMatching(/^U/),
    app_id: SEED.app,
    team: { id: TEAM, name: 'Other' },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: INSTALLER },
  });
  const token = String(answer.access_token);
  expect(await slack.api('auth.test', token)).toMatchObject({
    ok: true,
    team_id: TEAM,
    user_id: answer.bot_user_id,
    bot_id: expect.stringMatching(/^B/),
  });
  expect(await slack.api('chat.postMessage', token, { channel: INSTALLER, text: 'x' })).toMatchObject({
    ok: true,
  });
  const { installations } = await slack.state();
  expect(installations.find((one) => one.teamId === TEAM)).toMatchObject({ installedBy: INSTALLER });
});

test('§8 client id and secret by HTTP Basic', async () => {
  const scene = await oauthScene();
  const basic = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  });
  const code = await scene.code();
  const wrong = basic(SEED.clientId, 'wrong');
  expect(await form(scene, 'oauth.v2.access', { code }, wrong)).toMatchObject({ error: 'bad_client_secret' });
  const right = basic(SEED.clientId, SEED.clientSecret);
  expect(await form(scene, 'oauth.v2.access', { code }, right)).toMatchObject({
    ok: true,
    token_type: 'bot',
  });
});

test('§8 a code works once', async () => {
  const { code, access } = await oauthScene();
  const one = await code();
  expect(await access({ code: one })).toMatchObject({ ok: true });
  expect(await access({ code: one })).toMatchObject({ ok: false, error: 'invalid_code' });
});

test('§8 a code lives ten minutes', async () => {
  const { slack, code, access } = await oauthScene();
  await slack.freezeClock();
  const [early, late] = [await code(), await code()];
  await slack.advanceClock(599_999);
  expect(await access({ code: early })).toMatchObject({ ok: true });
  await slack.advanceClock(1);
  expect(await access({ code: late })).toMatchObject({ error: 'invalid_code' });
});

test.each([
  ['no such client', { client_id: '1.2' }, 'invalid_client_id'],
  ['a wrong secret', { client_secret: 'x' }, 'bad_client_secret'],
  ['no secret', { client_secret: '' }, 'bad_client_secret'],
  ['no such code', { code: 'x' }, 'invalid_code'],
  ['another grant', { grant_type: 'password' }, 'invalid_grant_type'],
  ['another redirect', { redirect_uri: `${CALLBACK}/b` }, 'bad_redirect_uri'],
  ['a verifier without PKCE', { code_verifier: 'x' }, 'pkce_not_allowed'],
  [
    'a refresh token that nobody gave',
    { grant_type: 'refresh_token', refresh_token: 'xoxe-1-x' },
    'invalid_refresh_token',
  ],
])('§8 oauth.v2.access: %s', async (_, change, error) => {
  const { code, access } = await oauthScene();
  const good = { code: await code({ redirect_uri: CALLBACK }), redirect_uri: CALLBACK };
  expect(await access({ ...good, ...change })).toMatchObject({ ok: false, error });
  // The code is not lost by a wrong request.
  expect(await access(good)).toMatchObject({ ok: true });
});

test('§8 redirect_uri was sent to the authorize page: it must be sent again', async () => {
  const { code, access } = await oauthScene();
  expect(await access({ code: await code({ redirect_uri: CALLBACK }) })).toMatchObject({
    error: 'bad_redirect_uri',
  });
});

test("§8 another app's code is no code", async () => {
  const { slack, code, access } = await oauthScene();
  const other = await slack.createApp({ name: 'other', signingSecret: 'x' });
  const mine = await code();
  const args = { code: mine, client_id: other.clientId, client_secret: other.clientSecret };
  expect(await access(args)).toMatchObject({ error: 'invalid_code' });
});

test('§8 PKCE: the verifier proves who asks, with or without the secret', async () => {
  const scene = await oauthScene({ pkce: true });
  const verifier = 'a'.repeat(43);
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const challenged = () => scene.code({ code_challenge, code_challenge_method: 'S256' });
  const code = await challenged();
  expect(await scene.access({ code })).toMatchObject({ error: 'invalid_code_verifier' });
  expect(await scene.access({ code, code_verifier: 'b'.repeat(43) })).toMatchObject({
    error: 'invalid_code_verifier',
  });
  expect(await scene.access({ code, code_verifier: verifier })).toMatchObject({ ok: true });
  const secretless = { client_id: SEED.clientId, code: await challenged(), code_verifier: verifier };
  expect(await form(scene, 'oauth.v2.access', secretless)).toMatchObject({ ok: true });
  expect(await scene.access({ code: await scene.code(), code_verifier: verifier })).toMatchObject({
    error: 'invalid_code_verifier',
  });
  await expect(scene.code({ code_challenge, code_challenge_method: 'plain' })).rejects.toThrow(
    'invalid_code_challenge_method',
  );
});

test("§8 a person's token comes in authed_user; without bot scopes there is no bot", async () => {
  const { slack, install } = await oauthScene();
  const answer = await install({ scope: '', user_scope: 'users:read,channels:read' });
  expect(answer).not.toHaveProperty('access_token');
  expect(answer).not.toHaveProperty('bot_user_id');
  expect(answer.authed_user).toEqual({
    id: INSTALLER,
    scope: 'users:read,channels:read',
    access_token: expect.stringMatching(/^xoxp-/),
    token_type: 'user',
  });
  const { access_token } = answer.authed_user as { access_token: string };
  const who = await slack.api('auth.test', access_token);
  expect(who).toMatchObject({ ok: true, user_id: INSTALLER, user: 'installer', team_id: TEAM });
  expect(who).not.toHaveProperty('bot_id');
  const { people } = await slack.state();
  expect(people.filter((one) => one.teamId === TEAM && one.isBot)).toEqual([]);
});

test('§8 the bot is in no channel after an install, and has a DM with each person', async () => {
  const { slack, install } = await oauthScene();
  await slack.createChannel({ teamId: TEAM, name: 'general', members: [INSTALLER] });
  const { bot_user_id } = await install();
  const { channels } = await slack.state();
  const its = channels.filter((one) => one.members.includes(String(bot_user_id)));
  expect(its.map(({ kind, members }) => [kind, members[0]])).toEqual([['im', INSTALLER]]);
});

test('§8 a re-install keeps the bot; scopes are added; the token stays, or a new one joins it', async () => {
  const { slack, install } = await oauthScene();
  const first = await install();
  const again = await install({ scope: 'users:read' });
  expect(again).toMatchObject({
    access_token: first.access_token,
    bot_user_id: first.bot_user_id,
    scope: 'chat:write,commands,users:read',
  });
  await slack.setOptions({ reinstallToken: 'new' });
  const third = await install();
  expect(third.bot_user_id).toBe(first.bot_user_id);
  expect(third.access_token).not.toBe(first.access_token);
  for (const token of [first.access_token, third.access_token]) {
    expect(await slack.api('auth.test', String(token))).toMatchObject({ ok: true });
  }
});

test('§8 uninstalled and installed again: the same bot, a new token, only the scopes asked for', async () => {
  const { slack, install } = await oauthScene();
  const first = await install();
  await slack.uninstall({ team: TEAM });
  expect(await slack.api('auth.test', String(first.access_token))).toMatchObject({
    ok: false,
    error: 'account_inactive',
  });
  const second = await install({ scope: 'commands' });
  expect(second).toMatchObject({ bot_user_id: first.bot_user_id, scope: 'commands' });
  expect(await slack.api('auth.test', String(second.access_token))).toMatchObject({ ok: true });
  expect(await slack.api('auth.test', String(first.access_token))).toMatchObject({ ok: false });
});

test.each([
  ['tokens_revoked', ['tokens_revoked', 'app_uninstalled']],
  ['app_uninstalled', ['app_uninstalled', 'tokens_revoked']],
] as const)('§8 uninstall tells of both, %s first; the bot has left its channels', async (first, order) => {
  const { slack } = await oauthScene({ withApp: true, uninstallFirst: first });
  await slack.uninstall();
  const told = await slack.deliveries();
  expect(told.map(({ type }) => type)).toEqual(order);
  const revoked = told.find(({ type }) => type === 'tokens_revoked')?.payload as { event: object };
  expect(revoked.event).toMatchObject({ tokens: { oauth: [], bot: [SEED.botUser] } });
  const { channels, people } = await slack.state();
  expect(channels.filter((one) => one.kind !== 'im' && one.members.includes(SEED.botUser))).toEqual([]);
  expect(people.find(({ id }) => id === SEED.botUser)?.deleted).toBe(true);
});

test('§8 apps.uninstall: by the app itself, with its own id and secret', async () => {
  const { slack, api } = await oauthScene({ withApp: true });
  const other = await slack.createApp({ name: 'other', signingSecret: 'x' });
  const theirs = { client_id: other.clientId, client_secret: other.clientSecret };
  const ours = { client_id: SEED.clientId, client_secret: SEED.clientSecret };
  await slack.setRateLimits({ enabled: false });
  expect(await api('apps.uninstall', theirs)).toMatchObject({ error: 'client_id_token_mismatch' });
  expect(await api('apps.uninstall', { ...ours, client_secret: 'x' })).toMatchObject({
    error: 'bad_client_secret',
  });
  expect(await api('apps.uninstall', ours)).toEqual({ ok: true });
  expect(await api('auth.test')).toMatchObject({ error: 'account_inactive' });
  await slack.waitForDelivery({ type: 'app_uninstalled', state: 'acknowledged' });
});
