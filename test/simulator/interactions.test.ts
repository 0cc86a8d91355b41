import { expect, test } from 'vitest';
import { Clock } from '../../local/slack/clock.ts';
import { Triggers } from '../../local/slack/interactions/triggers.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Received, type Scene, SEED, scene } from './support.ts';

const approve = {
  type: 'button',
  text: { type: 'plain_text', text: 'Approve' },
  action_id: 'approve',
  value: 'p1',
  style: 'primary',
};
const blocks = [{ type: 'actions', block_id: 'b1', elements: [approve] }];
const payloadOf = (one: Received | undefined) =>
  JSON.parse(new URLSearchParams(one?.body).get('payload') ?? '') as JsonObject;
const clickApprove = { user: REQUESTER, channel: GENERAL, action_id: 'approve' };

async function card({ api, slack }: Scene) {
  await slack.setApp({ subscriptions: [] });
  const { ts } = await api('chat.postMessage', { channel: GENERAL, text: 'may I?', blocks });
  return String(ts);
}

async function respond(url: unknown, body: JsonObject) {
  const response = await fetch(String(url), { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

test('§5 block_actions: a signed form with the whole payload', async () => {
  const setting = await scene();
  const { slack, received } = setting;
  const ts = await card(setting);
  const record = await slack.click({ ...clickApprove, ts });
  expect(record).toMatchObject({ state: 'acknowledged', attempts: [{ status: 200 }] });
  expect(received[0]?.headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-signature': expect.stringMatching(/^v0=/),
  });
  expect(payloadOf(received[0])).toMatchObject({
    type: 'block_actions',
    user: { id: REQUESTER, username: 'requester', team_id: SEED.team },
    api_app_id: SEED.app,
    container: { type: 'message', message_ts: ts, channel_id: GENERAL, is_ephemeral: false },
    trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]+$/),
    team: { id: SEED.team, domain: 'sluice-local' },
    enterprise: null,
    channel: { id: GENERAL, name: 'general' },
    message: { ts, bot_id: SEED.bot, blocks: [{ block_id: 'b1' }] },
    state: { values: {} },
    actions: [
      {
        type: 'button',
        action_id: 'approve',
        block_id: 'b1',
        value: 'p1',
        style: 'primary',
        text: { text: 'Approve', emoji: true },
      },
    ],
  });
});

test('§5 a click in a thread names it; it is never retried', async () => {
  const { slack, api, received, reply } = await scene({ retryScale: 0 });
  await slack.setApp({ subscriptions: [] });
  const { ts: threadTs } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  const { ts } = await api('chat.postMessage', {
    channel: GENERAL,
    thread_ts: threadTs,
    text: 'may I?',
    blocks,
  });
  reply(() => ({ status: 500 }));
  expect(await slack.click({ ...clickApprove, ts: String(ts) })).toMatchObject({
    state: 'failed',
    attempts: [{ failure: 'http_error' }],
  });
  expect(received).toHaveLength(1);
  expect(payloadOf(received[0])).toMatchObject({ container: { thread_ts: threadTs } });
});

test('§5 what a person cannot press: no such button, not in the channel', async () => {
  const setting = await scene();
  const ts = await card(setting);
  await expect(setting.slack.click({ ...clickApprove, ts, action_id: 'deny' })).rejects.toThrow(
    'no element deny',
  );
  await setting.slack.changeChannel({ channel: GENERAL, leave: [REQUESTER] });
  await expect(setting.slack.click({ ...clickApprove, ts })).rejects.toThrow('cannot see');
});

test('§5 feedback_buttons give the value of the one that was pressed', async () => {
  const { slack, api, received } = await scene();
  await slack.setApp({ subscriptions: [] });
  const side = (text: string, value: string) => ({ text: { type: 'plain_text', text }, value });
  const feedback = {
    type: 'feedback_buttons',
    action_id: 'f',
    positive_button: side('Good', 'up'),
    negative_button: side('Bad', 'down'),
  };
  const { ts } = await api('chat.postMessage', {
    channel: GENERAL,
    text: 'x',
    blocks: [{ type: 'context_actions', elements: [feedback] }],
  });
  await slack.click({
    user: REQUESTER,
    channel: GENERAL,
    ts: String(ts),
    action_id: 'f',
    choice: 'negative',
  });
  expect(payloadOf(received[0])).toMatchObject({ actions: [{ type: 'feedback_buttons', value: 'down' }] });
});

test('§5 response_url replaces, deletes, posts for one or for all', async () => {
  const setting = await scene();
  const { slack, received } = setting;
  const ts = await card(setting);
  await slack.click({ ...clickApprove, ts });
  const url = payloadOf(received[0]).response_url;
  expect(await respond(url, { text: 'only you' })).toMatchObject({ status: 200 });
  expect(await slack.waitForMessage({ ephemeralFor: REQUESTER })).toMatchObject({ text: 'only you' });
  await respond(url, { replace_original: true, text: 'done', blocks: [] });
  expect(await slack.message(GENERAL, ts)).toMatchObject({ text: 'done', actionIds: [] });
  await respond(url, { response_type: 'in_channel', text: 'for all' });
  expect(await slack.waitForMessage({ textIncludes: 'for all' })).not.toHaveProperty('ephemeralFor');
  await respond(url, { delete_original: true });
  expect(await slack.message(GENERAL, ts)).toBeUndefined();
});

test('§5 response_url works five times', async () => {
  const setting = await scene();
  const ts = await card(setting);
  await setting.slack.click({ ...clickApprove, ts });
  const url = payloadOf(setting.received[0]).response_url;
  for (let use = 0; use < 5; use++) expect((await respond(url, { text: `${use}` })).status).toBe(200);
  expect(await respond(url, { text: 'six' })).toEqual({ status: 404, text: 'used_url' });
});

test('§5 response_url works for 30 minutes', async () => {
  const setting = await scene();
  const ts = await card(setting);
  await setting.slack.freezeClock();
  await setting.slack.click({ ...clickApprove, ts });
  const url = payloadOf(setting.received[0]).response_url;
  await setting.slack.advanceClock(30 * 60_000);
  expect((await respond(url, { text: 'a' })).status).toBe(200);
  await setting.slack.advanceClock(1);
  expect(await respond(url, { text: 'b' })).toEqual({ status: 404, text: 'expired_url' });
});

test('§4 trigger_id: dies after 3 s, works once, belongs to its app', () => {
  const clock = new Clock();
  clock.freeze();
  const triggers = new Triggers(clock);
  const first = triggers.create('A', 'U');
  expect(triggers.consume('B', first)).toBe('invalid_trigger_id');
  expect(triggers.consume('A', first)).toBeNull();
  expect(triggers.consume('A', first)).toBe('exchanged_trigger_id');
  const second = triggers.create('A', 'U');
  clock.advance(3_001);
  expect(triggers.consume('A', second)).toBe('expired_trigger_id');
});

test('§5 an ephemeral message can be pressed by its person only, and says so', async () => {
  const { slack, api, received } = await scene();
  const { message_ts: ts } = await api('chat.postEphemeral', {
    channel: GENERAL,
    user: REQUESTER,
    text: 'x',
    blocks,
  });
  await expect(slack.click({ ...clickApprove, user: 'U0REVIEWER0', ts: String(ts) })).rejects.toThrow(
    'cannot see',
  );
  await slack.click({ ...clickApprove, ts: String(ts) });
  const payload = payloadOf(received[0]);
  expect(payload).toMatchObject({ container: { is_ephemeral: true } });
  expect(payload.message).toBeUndefined();
});
