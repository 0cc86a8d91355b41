import { expect, test } from 'vitest';
import { signatureHeaders } from '../../local/slack/events/sign.ts';
import { DM, GENERAL, REQUESTER, type Received, type Reply, SEED, scene } from './support.ts';
import { modal } from './view-support.ts';

const REVIEWER = SEED.people.reviewer;
const fieldsOf = (one: Received | undefined) => Object.fromEntries(new URLSearchParams(one?.body));
const RUN = { user: REQUESTER, channel: GENERAL, text: '/sluice count the orders' };

/** A scene whose app has the seeded command at a URL of its own. */
async function commanding(options = {}) {
  const setting = await scene(options);
  await setting.slack.setApp({ commandsUrl: `${setting.appUrl}/commands`, subscriptions: [] });
  return setting;
}

test('§5 a slash command: plain form fields, signed, to its own URL; an empty 200 says nothing', async () => {
  const { slack, received, api } = await commanding({ signingSecret: 's' });
  const { delivery, message } = await slack.command(RUN);
  expect(message).toBeNull();
  expect(delivery).toMatchObject({ type: 'slash_command', state: 'acknowledged' });
  const [request] = received as [Received];
  expect(request.path).toBe('/commands');
  expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded');
  const timestamp = Number(request.headers['x-slack-request-timestamp']);
  expect(request.headers['x-slack-signature']).toBe(
    signatureHeaders('s', timestamp, request.body)['x-slack-signature'],
  );
  const fields = fieldsOf(request);
  expect(fields).toEqual({
    token: 'sluice-verification-token',
    team_id: SEED.team,
    team_domain: 'sluice-local',
    channel_id: GENERAL,
    channel_name: 'general',
    user_id: REQUESTER,
    user_name: 'requester',
    command: '/sluice',
    text: 'count the orders',
    api_app_id: SEED.app,
    is_enterprise_install: 'false',
    response_url: expect.stringContaining(`${slack.url}/commands/${SEED.team}/`),
    trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]+$/),
  });
  expect(fields).not.toHaveProperty('payload');
  expect(await api('views.open', { trigger_id: String(fields.trigger_id), view: modal() })).toMatchObject({
    ok: true,
  });
});

test('§5 in a DM the channel is called directmessage', async () => {
  const { slack, received } = await commanding();
  await slack.command({ ...RUN, channel: DM });
  expect(fieldsOf(received[0])).toMatchObject({ channel_id: DM, channel_name: 'directmessage' });
});

test('§5 the body of the answer appears: ephemeral unless it says in_channel', async () => {
  const { slack, reply } = await commanding();
  reply(() => ({ status: 200, body: 'plain words' }));
  expect((await slack.command(RUN)).message).toMatchObject({ text: 'plain words', ephemeralFor: REQUESTER });
  reply(() => ({ status: 200, body: JSON.stringify({ text: 'mine' }) }));
  expect((await slack.command(RUN)).message).toMatchObject({ text: 'mine', ephemeralFor: REQUESTER });
  reply(() => ({ status: 200, body: JSON.stringify({ text: 'ours', response_type: 'in_channel' }) }));
  const { message } = await slack.command(RUN);
  expect(message).toMatchObject({ text: 'ours', botId: SEED.bot });
  expect(message).not.toHaveProperty('ephemeralFor');
});

test.each<[string, Reply, string]>([
  ['late', 'never', '/sluice failed because the app did not respond.'],
  ['broken', { status: 500 }, '/sluice failed with the error "dispatch_failed".'],
  ['lost', 'reset', '/sluice failed with the error "dispatch_failed".'],
])(
  '§5 an app that is %s: Slack says so to the person, and never tries again',
  async (_name, answer, text) => {
    const { slack, reply, received } = await commanding({ ackTimeoutMs: 100, retryScale: 0 });
    reply(() => answer);
    const { message, delivery } = await slack.command(RUN);
    expect(message).toMatchObject({ text, ephemeralFor: REQUESTER, user: 'USLACKBOT' });
    expect(delivery.state).toBe('failed');
    expect(received).toHaveLength(1);
  },
);

test('§5 a command without a URL fails', async () => {
  const { slack } = await scene();
  const { message, delivery } = await slack.command(RUN);
  expect(delivery.state).toBe('no_url');
  expect(message?.text).toContain('dispatch_failed');
});

test('§9 should_escape: mentions, channels and user groups come with id and name', async () => {
  const { slack, received } = await commanding();
  const text = '/sluice tell @reviewer and @oncall in #team, not @nobody';
  await slack.command({ ...RUN, text });
  expect(fieldsOf(received[0]).text).toBe(
    `tell <@${REVIEWER}|reviewer> and <!subteam^${SEED.userGroup}|@oncall> in <#${SEED.channels.team}|team>, not @nobody`,
  );
});

test('§9 without should_escape the text comes as it was written', async () => {
  const { slack, received, appUrl } = await scene();
  const command = {
    command: '/raw',
    url: `${appUrl}/raw`,
    description: 'x',
    usageHint: '',
    shouldEscape: false,
  };
  await slack.setApp({ commands: [command] });
  await slack.command({ ...RUN, text: '/raw tell @reviewer  in #team' });
  expect(fieldsOf(received[0])).toMatchObject({ command: '/raw', text: 'tell @reviewer  in #team' });
});

test('§5 what Slack refuses itself: an unknown command, one in a thread, no scope', async () => {
  const { slack } = await commanding();
  await expect(slack.command({ ...RUN, text: '/nothing' })).rejects.toThrow('/nothing is not a command');
  await expect(slack.command({ ...RUN, text: 'sluice' })).rejects.toThrow('begins with a slash');
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  await expect(slack.command({ ...RUN, thread_ts: ts })).rejects.toThrow('does not work in threads');
  await slack.setInstallation({ scopes: ['chat:write'] });
  await expect(slack.command(RUN)).rejects.toThrow('without the scope commands');
});

test('§5 ssl_check pings the URL of a command', async () => {
  const { slack, received } = await commanding();
  expect(await slack.sslCheck({ command: '/sluice' })).toMatchObject({ status: 200, failure: null });
  expect(fieldsOf(received[0])).toEqual({ token: 'sluice-verification-token', ssl_check: '1' });
  expect(received[0]?.headers['x-slack-signature']).toMatch(/^v0=/);
});

test('§5 the response_url of a command posts, and has no original to delete', async () => {
  const { slack, received } = await commanding();
  await slack.command(RUN);
  const url = String(fieldsOf(received[0]).response_url);
  const respond = async (body: object) =>
    (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).status;
  expect(await respond({ text: 'later', replace_original: true })).toBe(200);
  await slack.waitForMessage({ ephemeralFor: REQUESTER, textIncludes: 'later' });
  expect(await respond({ delete_original: true })).toBe(404);
  expect(await respond({ text: 'all', response_type: 'in_channel' })).toBe(200);
  await slack.waitForMessage({ channel: GENERAL, textIncludes: 'all' });
});
