import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { form, INSTALLER, type OauthScene, oauthScene, TEAM } from './oauth-scene.ts';
import { GENERAL, REQUESTER, SEED, scene } from './support.ts';

const refresh = ({ access }: OauthScene, pair: JsonObject) =>
  access({ grant_type: 'refresh_token', refresh_token: String(pair.refresh_token) });

test('§8 rotation: tokens of twelve hours with a refresh token, for the bot and the person', async () => {
  const { install } = await oauthScene({ rotation: true });
  const answer = await install({ user_scope: 'users:read' });
  expect(answer).toMatchObject({
    access_token: expect.stringMatching(/^xoxe\.xoxb-1-/),
    refresh_token: expect.stringMatching(/^xoxe-1-/),
    expires_in: 43_200,
    authed_user: {
      access_token: expect.stringMatching(/^xoxe\.xoxp-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      expires_in: 43_200,
    },
  });
});

test('§1.6 token_expired: after twelve hours to the millisecond', async () => {
  const { slack, install } = await oauthScene({ rotation: true });
  await slack.freezeClock();
  const { access_token } = await install();
  await slack.advanceClock(43_199_999);
  expect(await slack.api('auth.test', String(access_token))).toMatchObject({ ok: true, expires_in: 0 });
  await slack.advanceClock(1);
  expect(await slack.api('auth.test', String(access_token))).toMatchObject({ error: 'token_expired' });
});

test('§8 refresh token: gives the next pair in the same shape; the old access token lives until it expires', async () => {
  const whole = await oauthScene({ rotation: true });
  const { slack, install } = whole;
  await slack.freezeClock();
  const first = await install();
  await slack.advanceClock(36_000_000);
  const second = await refresh(whole, first);
  expect(second).toMatchObject({
    ok: true,
    token_type: 'bot',
    expires_in: 43_200,
    bot_user_id: first.bot_user_id,
    app_id: SEED.app,
    scope: first.scope,
    team: { id: TEAM },
    enterprise: null,
    is_enterprise_install: false,
  });
  expect(second.access_token).not.toBe(first.access_token);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  const test_ = (pair: JsonObject) => slack.api('auth.test', String(pair.access_token));
  expect(await test_(first)).toMatchObject({ ok: true });
  expect(await test_(second)).toMatchObject({ ok: true });
  await slack.advanceClock(7_200_000);
  expect(await test_(first)).toMatchObject({ error: 'token_expired' });
  expect(await test_(second)).toMatchObject({ ok: true });
  // A refresh token outlives its access token.
  await slack.advanceClock(86_400_000);
  expect(await refresh(whole, second)).toMatchObject({ ok: true });
});

test('§8 refresh token: works once; of two at the same time one gets invalid_refresh_token', async () => {
  const whole = await oauthScene({ rotation: true });
  const pair = await whole.install();
  const answers = await Promise.all([refresh(whole, pair), refresh(whole, pair)]);
  expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(answers.find(({ ok }) => ok === false)).toMatchObject({ error: 'invalid_refresh_token' });
  expect(await refresh(whole, pair)).toMatchObject({ error: 'invalid_refresh_token' });
});

test('§8 refresh token: with a grace, again within it and not after it', async () => {
  const whole = await oauthScene({ rotation: true, refreshGraceMs: 30_000 });
  await whole.slack.freezeClock();
  const pair = await whole.install();
  expect(await refresh(whole, pair)).toMatchObject({ ok: true });
  await whole.slack.advanceClock(29_999);
  expect(await refresh(whole, pair)).toMatchObject({ ok: true });
  await whole.slack.advanceClock(1);
  expect(await refresh(whole, pair)).toMatchObject({ error: 'invalid_refresh_token' });
});

test("§8 refresh token: another app's, or one of an uninstalled app, is invalid", async () => {
  const whole = await oauthScene({ rotation: true });
  const pair = await whole.install();
  const other = await whole.slack.createApp({ name: 'other', signingSecret: 'x' });
  const theirs = {
    client_id: other.clientId,
    client_secret: other.clientSecret,
    grant_type: 'refresh_token',
    refresh_token: String(pair.refresh_token),
  };
  expect(await whole.access(theirs)).toMatchObject({ error: 'invalid_refresh_token' });
  await whole.slack.uninstall({ team: TEAM });
  expect(await refresh(whole, pair)).toMatchObject({ error: 'invalid_refresh_token' });
});

test("§8 a person's pair is refreshed as the bot's, with token_type user", async () => {
  const whole = await oauthScene({ rotation: true });
  const { authed_user } = await whole.install({ user_scope: 'users:read' });
  expect(await refresh(whole, authed_user as JsonObject)).toMatchObject({
    ok: true,
    token_type: 'user',
    access_token: expect.stringMatching(/^xoxe\.xoxp-1-/),
    authed_user: { id: INSTALLER },
  });
});

test('§8 oauth.v2.exchange: a long-lived token becomes a pair, once', async () => {
  const whole = await oauthScene();
  const { slack, install } = whole;
  const { access_token } = await install();
  const exchange = (token: unknown, more = {}) =>
    form(whole, 'oauth.v2.exchange', {
      client_id: SEED.clientId,
      client_secret: SEED.clientSecret,
      token: String(token),
      ...more,
    });
  expect(await exchange(access_token)).toMatchObject({ error: 'token_rotation_not_enabled' });
  await slack.setApp({ tokenRotation: true });
  expect(await exchange(access_token, { client_secret: 'x' })).toMatchObject({ error: 'bad_client_secret' });
  expect(await exchange('xoxb-nobody')).toMatchObject({ error: 'invalid_token' });
  const pair = await exchange(access_token);
  expect(pair).toMatchObject({ ok: true, expires_in: 43_200, token_type: 'bot' });
  expect(await slack.api('auth.test', String(pair.access_token))).toMatchObject({ ok: true });
  expect(await exchange(access_token)).toMatchObject({ error: 'token_already_exchanged' });
  expect(await exchange(pair.access_token)).toMatchObject({ error: 'invalid_token' });
});

test('§1.6 the other ends of a token: revoked, of a deactivated person, unknown', async () => {
  const { slack } = await scene();
  const { token } = await slack.createToken({ kind: 'user', user: REQUESTER, scopes: ['users:read'] });
  expect(await slack.api('auth.test', token)).toMatchObject({ ok: true, user_id: REQUESTER });
  await slack.deactivate(REQUESTER);
  expect(await slack.api('auth.test', token)).toMatchObject({ error: 'account_inactive' });
  const other = await slack.createToken({ kind: 'user', user: SEED.people.reviewer });
  await slack.revokeToken(other.token);
  expect(await slack.api('auth.test', other.token)).toMatchObject({ error: 'token_revoked' });
  await slack.expireToken(SEED.botToken);
  expect(await slack.api('auth.test', SEED.botToken)).toMatchObject({ error: 'token_expired' });
  expect(await slack.api('auth.test', 'xoxp-nobody')).toMatchObject({ error: 'invalid_auth' });
});

test.each(['chat.startStream', 'chat.appendStream', 'chat.stopStream', 'chat.postMessage'])(
  "§1.1 not_allowed_token_type: a person's token at %s",
  async (method) => {
    const { slack } = await scene();
    const { token } = await slack.createToken({ kind: 'user', user: REQUESTER, scopes: ['chat:write'] });
    expect(await slack.api(method, token, { channel: GENERAL })).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await slack.api(method, 'xoxp-nobody')).toMatchObject({ error: 'not_allowed_token_type' });
  },
);

test("§1.6 missing_scope of a person's token names that token's own scopes", async () => {
  const { slack } = await scene();
  const { token } = await slack.createToken({ kind: 'user', user: REQUESTER, scopes: ['channels:read'] });
  expect(await slack.api('users.info', token, { user: REQUESTER })).toMatchObject({
    error: 'missing_scope',
    needed: 'users:read',
    provided: 'channels:read',
  });
});

test('§8 auth.revoke: tested, then done; tokens_revoked and app_uninstalled', async () => {
  const { slack, api } = await scene();
  expect(await api('auth.revoke', { test: true })).toEqual({ ok: true, revoked: false });
  expect(await api('auth.test')).toMatchObject({ ok: true });
  expect(await api('auth.revoke')).toEqual({ ok: true, revoked: true });
  expect(await api('auth.test')).toMatchObject({ error: 'token_revoked' });
  await slack.waitForDelivery({ type: 'tokens_revoked' });
  await slack.waitForDelivery({ type: 'app_uninstalled' });
});

test("§6 tokens_revoked of a person's token: ids, not tokens; the app stays", async () => {
  const { slack, api } = await scene();
  const { token } = await slack.createToken({ kind: 'user', user: REQUESTER });
  expect(await slack.api('auth.revoke', token)).toMatchObject({ revoked: true });
  const told = await slack.waitForDelivery({ type: 'tokens_revoked' });
  expect(told.payload).toMatchObject({ event: { tokens: { oauth: [REQUESTER], bot: [] } } });
  expect(await api('auth.test')).toMatchObject({ ok: true });
  expect(await slack.deliveries({ type: 'app_uninstalled' })).toEqual([]);
});

test('the call log masks secrets and tokens, in arguments and answers', async () => {
  const { slack, install } = await oauthScene({ rotation: true });
  const { access_token, refresh_token } = await install();
  const [call] = await slack.calls({ method: 'oauth.v2.access' });
  expect(call).toMatchObject({ ok: true, app: SEED.app });
  const text = JSON.stringify(call);
  for (const secret of [SEED.clientSecret, access_token, refresh_token]) expect(text).not.toContain(secret);
});

test("§12 Slack's own client: code and refresh, exchange, revoke", async () => {
  const { slack, code } = await oauthScene();
  const client = new WebClient(undefined, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const ours = { client_id: SEED.clientId, client_secret: SEED.clientSecret };
  const first = await client.oauth.v2.access({ ...ours, code: await code() });
  await slack.setApp({ tokenRotation: true });
  const pair = await client.oauth.v2.exchange({ ...ours, token: first.access_token ?? '' });
  const next = await client.oauth.v2.access({
    ...ours,
    grant_type: 'refresh_token',
    refresh_token: pair.refresh_token ?? '',
  });
  expect(next).toMatchObject({ ok: true, token_type: 'bot', expires_in: 43_200 });
  const token = next.access_token ?? '';
  expect(await client.auth.test({ token })).toMatchObject({ team_id: TEAM, user_id: first.bot_user_id });
  await client.auth.revoke({ token });
  await expect(client.auth.test({ token })).rejects.toMatchObject({ data: { error: 'token_revoked' } });
});
