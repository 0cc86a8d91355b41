import { createHmac } from 'node:crypto';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { deployed } from './support/deployed.ts';

const { stack, SEED } = deployed();

interface Sent {
  path?: string;
  body?: string;
  secret?: string;
  ageSeconds?: number;
  headers?: Record<string, string>;
  form?: boolean;
}

/** Posts to the deployed API, signed as Slack signs unless told otherwise. */
async function send({
  path = '/slack/events',
  body = '',
  secret = stack.signingSecret,
  ageSeconds = 0,
  headers = {},
  form = false,
}: Sent) {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const response = await fetch(`${stack.apiUrl}${path}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
      ...headers,
    },
  });
  return { status: response.status, body: await response.text() };
}

async function itemCount(): Promise<number> {
  const client = new DynamoDBClient({
    endpoint: stack.awsEndpoint,
    region: stack.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Count } = await client.send(new ScanCommand({ TableName: stack.table, Select: 'COUNT' }));
  return Count ?? 0;
}

const envelope = (event: object, over: object = {}) =>
  JSON.stringify({
    type: 'event_callback',
    event_id: `Ev${Math.random()}`,
    team_id: SEED.team,
    api_app_id: SEED.app,
    authorizations: [
      {
        team_id: SEED.team,
        enterprise_id: null,
        user_id: SEED.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    event,
    ...over,
  });
const mention = {
  type: 'app_mention',
  user: SEED.people.requester,
  text: `<@${SEED.botUser}> hi`,
  ts: '1700000000.000900',
  channel: SEED.channels.general,
};
const payload = (value: unknown) =>
  `payload=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`;
const button = (over: object = {}, value = `p${'0'.repeat(32)}:0`) => ({
  type: 'block_actions',
  user: { id: SEED.people.requester, team_id: SEED.team },
  api_app_id: SEED.app,
  team: { id: SEED.team },
  channel: { id: SEED.channels.general },
  container: { type: 'message', message_ts: '1.1', channel_id: SEED.channels.general },
  trigger_id: '1.2.3',
  actions: [{ type: 'button', action_id: 'sluice_approve', block_id: 'b', value, action_ts: '1.1' }],
  ...over,
});

describe('bad input: the right status, a harmless body, nothing stored', () => {
  const cases: [string, Sent, number][] = [
    ['a wrong signature', { body: envelope(mention), secret: 'wrong' }, 403],
    ['G-27: a timestamp 301 s old', { body: envelope(mention), ageSeconds: 301 }, 403],
    ['G-27: a timestamp 310 s ahead', { body: envelope(mention), ageSeconds: -310 }, 403],
    [
      'G-27: a timestamp that is no number',
      { body: envelope(mention), headers: { 'x-slack-request-timestamp': 'now' } },
      403,
    ],
    ['no signature', { body: envelope(mention), headers: { 'x-slack-signature': '' } }, 400],
    ['broken JSON', { body: '{"type":' }, 400],
    ['JSON that is no object', { body: '[]' }, 400],
    ['an unknown envelope', { body: '{"type":"surprise"}' }, 200],
    ['an unknown event', { body: envelope({ type: 'emoji_changed' }) }, 200],
    ['an event of the bot itself', { body: envelope({ ...mention, user: SEED.botUser }) }, 200],
    [
      'an edited message',
      {
        body: envelope({
          type: 'message',
          subtype: 'message_changed',
          channel: SEED.channels.general,
          ts: '1.1',
        }),
      },
      200,
    ],
    ['a mention without a channel', { body: envelope({ ...mention, channel: undefined }) }, 200],
    ['a form without a payload', { path: '/slack/interactions', body: 'a=b', form: true }, 400],
    ['a payload that is no JSON', { path: '/slack/interactions', body: payload('{'), form: true }, 400],
    [
      'an interaction of an unknown type',
      { path: '/slack/interactions', body: payload({ type: 'dance' }), form: true },
      200,
    ],
    [
      'a button of a pause that never was',
      { path: '/slack/interactions', body: payload(button()), form: true },
      200,
    ],
    [
      'a button with a forged value',
      { path: '/slack/interactions', body: payload(button({}, '../../etc')), form: true },
      200,
    ],
    [
      'a button of another workspace',
      { path: '/slack/interactions', body: payload(button({ team: { id: 'T0OTHER0001' } })), form: true },
      200,
    ],
    [
      'an unsigned interaction',
      { path: '/slack/interactions', body: payload(button()), form: true, secret: 'wrong' },
      403,
    ],
  ];

  it.each(cases)('%s', async (_, sent, status) => {
    const before = await itemCount();
    const answer = await send(sent);
    expect(answer.status).toBe(status);
    expect(answer.body.length).toBeLessThan(300);
    expect(answer.body).not.toContain(stack.signingSecret);
    expect(await itemCount()).toBe(before);
  });

  it('url_verification is answered with its challenge', async () => {
    const answer = await send({ body: JSON.stringify({ type: 'url_verification', challenge: 'abc' }) });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ challenge: 'abc' });
  });
});
