import { expect, test } from 'vitest';
import { createManifest } from '../../cli/manifest.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import { type Scene, SEED, scene } from './support.ts';

/** The manifest of §9 with addresses of nobody. */
function manifest(): JsonObject {
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: { name: 'Agent', description: 'Helps', background_color: '#000000' },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      agent_view: {
        agent_description: 'Helps',
        suggested_prompts: [{ title: 'Ask', message: 'What is new?' }],
        actions: [],
      },
      bot_user: { display_name: 'agent', always_online: true },
      slash_commands: [
        {
          command: '/agent',
          url: 'https://x.example/slack/commands',
          description: 'Ask',
          usage_hint: '[ask]',
          should_escape: true,
        },
      ],
      shortcuts: [{ name: 'Ask agent', type: 'message', callback_id: 'ask_agent', description: 'Ask' }],
    },
    oauth_config: {
      redirect_urls: ['https://x.example/slack/oauth'],
      pkce_enabled: false,
      scopes: { bot: ['app_mentions:read', 'chat:write', 'commands'], user: ['users:read'] },
    },
    settings: {
      event_subscriptions: {
        request_url: 'https://x.example/slack/events',
        bot_events: ['app_mention', 'app_uninstalled'],
      },
      interactivity: {
        is_enabled: true,
        request_url: 'https://x.example/slack/interactivity',
        message_menu_options_url: 'https://x.example/slack/options',
      },
      org_deploy_enabled: true,
      socket_mode_enabled: false,
      token_rotation_enabled: true,
    },
  };
}

/** The manifest with the value at a JSON pointer replaced; undefined takes it away. */
function changed(pointer: string, value: unknown): JsonObject {
  const whole = manifest();
  const path = pointer.split('/').slice(1);
  const last = path.pop() ?? '';
  let at: Record<string, unknown> = whole;
  for (const name of path) {
    at[name] ??= {};
    at = at[name] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else at[last] = value;
  return whole;
}

const config = async ({ slack }: Scene) => (await slack.createToken({ kind: 'config' })).token;
const text = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const shortcut = (at: number) => ({
  name: `s${at}`,
  type: 'global',
  callback_id: `s${at}`,
  description: 'x',
});
const command = (at: number) => ({ command: `/c${at}`, url: 'https://x.example/c', description: 'x' });
const prompt = () => ({ title: 'x', message: 'x' });

/** What is at the limit, and what is one beyond. */
const LIMITS: [string, string, (size: number) => unknown, number][] = [
  ['name', '/display_information/name', text, 35],
  ['description', '/display_information/description', text, 140],
  ['long_description', '/display_information/long_description', text, 4000],
  ['bot display_name', '/features/bot_user/display_name', text, 80],
  ['agent_description', '/features/agent_view/agent_description', text, 300],
  ['suggested_prompts', '/features/agent_view/suggested_prompts', (size) => times(size, prompt), 4],
  ['shortcuts', '/features/shortcuts', (size) => times(size, shortcut), 10],
  ['shortcut name', '/features/shortcuts/0/name', text, 24],
  ['shortcut callback_id', '/features/shortcuts/0/callback_id', text, 255],
  ['shortcut description', '/features/shortcuts/0/description', text, 150],
  ['slash_commands', '/features/slash_commands', (size) => times(size, command), 50],
  ['command with its slash', '/features/slash_commands/0/command', (size) => `/${text(size - 1)}`, 32],
  ['command description', '/features/slash_commands/0/description', text, 2000],
  ['command usage_hint', '/features/slash_commands/0/usage_hint', text, 1000],
  ['unfurl_domains', '/features/unfurl_domains', (size) => times(size, (at) => `x${at}.example`), 5],
  ['bot_events', '/settings/event_subscriptions/bot_events', (size) => times(size, (at) => `e${at}`), 100],
  ['user_events', '/settings/event_subscriptions/user_events', (size) => times(size, (at) => `e${at}`), 100],
  [
    'metadata_subscriptions',
    '/settings/event_subscriptions/metadata_subscriptions',
    (size) => times(size, () => ({ app_id: 'A', event_type: 'x' })),
    20,
  ],
  [
    'redirect_urls',
    '/oauth_config/redirect_urls',
    (size) => times(size, (at) => `https://x.example/${at}`),
    1000,
  ],
];

test.each(LIMITS)(
  '§9 manifest, %s: at the limit it passes, one beyond has a pointer',
  async (_, pointer, make, limit) => {
    const whole = await scene();
    const token = await config(whole);
    const validate = (size: number) =>
      whole.slack.api('apps.manifest.validate', token, { manifest: changed(pointer, make(size)) });
    expect(await validate(limit)).toEqual({ ok: true });
    expect(await validate(limit + 1)).toMatchObject({
      ok: false,
      error: 'invalid_manifest',
      errors: [{ pointer, message: expect.stringContaining(String(limit)) }],
    });
  },
);

const WRONG: [string, string, unknown, string][] = [
  ['no name', '/display_information/name', undefined, '/display_information/name'],
  ['no display_information', '/display_information', undefined, '/display_information'],
  ['an unknown member', '/features/colour', 'red', '/features/colour'],
  ['a number for a text', '/display_information/description', 7, '/display_information/description'],
  ['a text for a switch', '/settings/org_deploy_enabled', 'yes', '/settings/org_deploy_enabled'],
  [
    'a colour that is none',
    '/display_information/background_color',
    'red',
    '/display_information/background_color',
  ],
  [
    'a command without slash',
    '/features/slash_commands/0/command',
    'agent',
    '/features/slash_commands/0/command',
  ],
  [
    'a command with capitals',
    '/features/slash_commands/0/command',
    '/Agent',
    '/features/slash_commands/0/command',
  ],
  ['a command without URL', '/features/slash_commands/0/url', undefined, '/features/slash_commands/0/url'],
  ['a shortcut of no kind', '/features/shortcuts/0/type', 'local', '/features/shortcuts/0/type'],
  [
    'a shortcut without description',
    '/features/shortcuts/0/description',
    undefined,
    '/features/shortcuts/0/description',
  ],
  [
    'an address that is none',
    '/settings/event_subscriptions/request_url',
    'x',
    '/settings/event_subscriptions/request_url',
  ],
  [
    'events without address',
    '/settings/event_subscriptions/request_url',
    undefined,
    '/settings/event_subscriptions',
  ],
  [
    'interactivity without address',
    '/settings/interactivity/request_url',
    undefined,
    '/settings/interactivity',
  ],
  ['a scope that is none', '/oauth_config/scopes/bot', ['commands', 'shout'], '/oauth_config/scopes/bot'],
  [
    'a scope of people for the bot',
    '/oauth_config/scopes/bot_optional',
    ['search:read'],
    '/oauth_config/scopes/bot_optional',
  ],
  ['commands without the scope', '/oauth_config/scopes/bot', ['chat:write'], '/oauth_config/scopes/bot'],
  ['bot scopes without bot', '/features/bot_user', undefined, '/features/bot_user'],
  [
    'an event twice',
    '/settings/event_subscriptions/bot_events',
    ['app_mention', 'app_mention'],
    '/settings/event_subscriptions/bot_events',
  ],
  [
    '21 MCP servers',
    '/mcp_servers',
    Object.fromEntries(times(21, (at) => [`s${at}`, { url: 'x' }])),
    '/mcp_servers',
  ],
];

test.each(WRONG)('§9 manifest, %s: a pointer to it', async (_, pointer, value, fault) => {
  const whole = await scene();
  const answer = await whole.slack.api('apps.manifest.validate', await config(whole), {
    manifest: changed(pointer, value),
  });
  expect(answer).toMatchObject({ ok: false, error: 'invalid_manifest' });
  expect((answer.errors as JsonObject[]).map((one) => one.pointer)).toContain(fault);
});

test('§9 assistant_view: not for new apps, for those there are', async () => {
  const whole = await scene();
  const { slack } = whole;
  const token = await config(whole);
  const old = changed('/features/assistant_view', { assistant_description: 'x', suggested_prompts: [] });
  expect(await slack.api('apps.manifest.validate', token, { manifest: old })).toMatchObject({
    errors: [{ pointer: '/features/assistant_view' }],
  });
  expect(await slack.api('apps.manifest.validate', token, { manifest: old, app_id: SEED.app })).toEqual({
    ok: true,
  });
});

test("§9 the product's own manifest is good", async () => {
  const { slack } = await scene();
  const app = await slack.createAppFromManifest({
    manifest: createManifest({ apiUrl: 'https://x.example', name: 'sluice' }) as JsonObject,
  });
  expect(app).toMatchObject({ name: 'sluice', isAgent: true, eventsUrl: 'https://x.example/slack/events' });
});

test('§9 an app from a manifest has its addresses, scopes, commands, shortcuts and switches', async () => {
  const { slack } = await scene();
  expect(await slack.createAppFromManifest({ manifest: manifest(), signingSecret: 'known' })).toMatchObject({
    id: expect.stringMatching(/^A/),
    name: 'Agent',
    botName: 'agent',
    description: 'Helps',
    isAgent: true,
    signingSecret: 'known',
    clientId: expect.stringMatching(/^\d+\.\d+$/),
    clientSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventsUrl: 'https://x.example/slack/events',
    interactionsUrl: 'https://x.example/slack/interactivity',
    optionsUrl: 'https://x.example/slack/options',
    subscriptions: ['app_mention', 'app_uninstalled'],
    commands: [
      {
        command: '/agent',
        url: 'https://x.example/slack/commands',
        description: 'Ask',
        usageHint: '[ask]',
        shouldEscape: true,
      },
    ],
    shortcuts: [{ name: 'Ask agent', type: 'message', callbackId: 'ask_agent', description: 'Ask' }],
    suggestedPrompts: [{ title: 'Ask', message: 'What is new?' }],
    redirectUrls: ['https://x.example/slack/oauth'],
    botScopes: ['app_mentions:read', 'chat:write', 'commands'],
    userScopes: ['users:read'],
    homeTab: true,
    messagesTab: true,
    messagesTabReadOnly: false,
    orgDeploy: true,
    tokenRotation: true,
    pkce: false,
  });
});

test('§9 a wrong manifest at the admin API: what and where', async () => {
  const { slack } = await scene();
  const wrong = changed('/display_information/name', text(36));
  await expect(slack.createAppFromManifest({ manifest: wrong })).rejects.toThrow(
    '/display_information/name must NOT',
  );
});

test('apps.manifest.create, export, update, delete', async () => {
  const whole = await scene();
  const { slack } = whole;
  await slack.setRateLimits({ enabled: false });
  const token = await config(whole);
  const api = (method: string, args = {}) => slack.api(`apps.manifest.${method}`, token, args);
  const made = await api('create', { manifest: manifest() });
  expect(made).toMatchObject({
    ok: true,
    credentials: {
      client_id: expect.any(String),
      client_secret: expect.any(String),
      signing_secret: expect.any(String),
    },
    oauth_authorize_url: expect.stringContaining('/oauth/v2/authorize?client_id='),
  });
  const app_id = String(made.app_id);
  expect((await api('export', { app_id })).manifest).toEqual(manifest());
  const renamed = changed('/display_information/name', 'Renamed');
  expect(await api('update', { app_id, manifest: renamed })).toEqual({
    ok: true,
    app_id,
    permissions_updated: false,
  });
  const wider = changed('/oauth_config/scopes/bot', ['chat:write', 'commands', 'im:history']);
  expect(await api('update', { app_id, manifest: wider })).toMatchObject({ permissions_updated: true });
  await slack.setApp({ app: app_id, description: 'Changed' });
  expect((await api('export', { app_id })).manifest).toMatchObject({
    display_information: { name: 'Agent', description: 'Changed', background_color: '#000000' },
  });
  expect(await api('delete', { app_id })).toEqual({ ok: true });
  expect(await api('export', { app_id })).toMatchObject({ error: 'app_not_found' });
});

test('the manifest API takes a configuration token, and that token nothing else', async () => {
  const whole = await scene();
  const { slack, api } = whole;
  const token = await config(whole);
  expect(await api('apps.manifest.validate', { manifest: manifest() })).toMatchObject({
    error: 'not_allowed_token_type',
  });
  expect(await slack.api('auth.test', token)).toMatchObject({ error: 'not_allowed_token_type' });
  expect(await slack.api('apps.manifest.validate', token, { manifest: 'x' })).toMatchObject({
    error: 'invalid_manifest',
  });
});

test('§6 an events URL set with verify is asked for its challenge first', async () => {
  const { slack, received, reply } = await scene();
  const [app] = (await slack.state()).apps;
  const url = app?.eventsUrl?.replace('/events', '/new') ?? '';
  reply(() => ({ status: 200, body: 'no' }));
  await expect(slack.setApp({ eventsUrl: url, verify: true })).rejects.toThrow('url_verification');
  expect((await slack.state()).apps[0]?.eventsUrl).toBe(app?.eventsUrl);
  reply(({ body }) => ({ status: 200, body: JSON.stringify({ challenge: JSON.parse(body).challenge }) }));
  expect(await slack.setApp({ eventsUrl: url, verify: true })).toMatchObject({ eventsUrl: url });
  expect(received.at(-1)).toMatchObject({ path: '/new' });
  expect(received.at(-1)?.headers['x-slack-signature']).toMatch(/^v0=/);
  const from = changed('/settings/event_subscriptions/request_url', url);
  const made = await slack.createAppFromManifest({ manifest: from, verify: true });
  expect(made.eventsUrl).toBe(url);
  reply(() => ({ status: 500 }));
  await expect(slack.createAppFromManifest({ manifest: from, verify: true })).rejects.toThrow('status 500');
});

test('PUT app: one URL for all slash commands', async () => {
  const { slack } = await scene();
  const app = await slack.setApp({ commandsUrl: 'https://x.example/commands' });
  expect(app.commands).toMatchObject([{ command: '/sluice', url: 'https://x.example/commands' }]);
});

test('§8 token rotation cannot be turned off again by a manifest', async () => {
  const whole = await scene();
  const app = await whole.slack.createAppFromManifest({ manifest: manifest() });
  const answer = await whole.slack.api('apps.manifest.update', await config(whole), {
    app_id: app.id,
    manifest: changed('/settings/token_rotation_enabled', false),
  });
  expect(answer).toMatchObject({
    error: 'invalid_manifest',
    errors: [{ pointer: '/settings/token_rotation_enabled' }],
  });
});

test('§2 apps.manifest.create and update once a minute, validate fifty times', async () => {
  const whole = await scene();
  const { slack } = whole;
  await slack.freezeClock();
  const token = await config(whole);
  const api = (method: string) => slack.api(`apps.manifest.${method}`, token, { manifest: manifest() });
  expect(await api('create')).toMatchObject({ ok: true });
  expect(await api('create')).toMatchObject({ error: 'ratelimited' });
  const answers = await Promise.all(times(51, () => api('validate')));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(50);
  await slack.advanceClock(60_000);
  expect(await api('create')).toMatchObject({ ok: true });
});

test('§2 apps.uninstall once a minute', async () => {
  const { slack, api } = await scene();
  await slack.freezeClock();
  const wrong = { client_id: SEED.clientId, client_secret: 'x' };
  expect(await api('apps.uninstall', wrong)).toMatchObject({ error: 'bad_client_secret' });
  expect(await api('apps.uninstall', wrong)).toMatchObject({ error: 'ratelimited' });
});
