import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Scene, scene } from './support.ts';
import { actions, button, lastPayload } from './view-support.ts';

const blocks = [actions('b', button('go'))];

async function respond(url: string, body: JsonObject) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

/** A click in a thread of #general: its response_url and the thread. */
async function clicked(setting: Scene, method: 'chat.postMessage' | 'chat.postEphemeral') {
  const { slack, api } = setting;
  await slack.setApp({ subscriptions: [] });
  const { ts: threadTs } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'root' });
  const who = method === 'chat.postEphemeral' ? { user: REQUESTER } : {};
  const posted = await api(method, { channel: GENERAL, thread_ts: threadTs, text: 'card', blocks, ...who });
  const ts = String(posted.ts ?? posted.message_ts);
  await slack.click({ user: REQUESTER, channel: GENERAL, ts, action_id: 'go' });
  return { ts, threadTs, url: String(lastPayload(setting, 'block_actions').response_url) };
}

test('§5 the default answer is ephemeral and appears where the click was', async () => {
  const setting = await scene();
  const { url, threadTs } = await clicked(setting, 'chat.postMessage');
  await respond(url, { text: 'only you' });
  expect(await setting.slack.waitForMessage({ textIncludes: 'only you' })).toMatchObject({
    ephemeralFor: REQUESTER,
    threadTs,
  });
});

test('§5 in_channel joins a thread only with thread_ts', async () => {
  const setting = await scene();
  const { url, threadTs } = await clicked(setting, 'chat.postMessage');
  await respond(url, { response_type: 'in_channel', text: 'top' });
  expect(await setting.slack.waitForMessage({ textIncludes: 'top' })).not.toHaveProperty('threadTs');
  await respond(url, {
    response_type: 'in_channel',
    thread_ts: threadTs,
    replace_original: false,
    text: 'inside',
  });
  expect(await setting.slack.waitForMessage({ textIncludes: 'inside' })).toMatchObject({ threadTs });
  expect(await respond(url, { response_type: 'in_channel', thread_ts: '1.000000', text: 'x' })).toEqual({
    status: 404,
    text: 'thread_not_found',
  });
});

test('§5 replacing changes neither an ephemeral nor a public message into the other', async () => {
  const setting = await scene();
  const mine = await clicked(setting, 'chat.postEphemeral');
  await respond(mine.url, { replace_original: true, response_type: 'in_channel', text: 'still mine' });
  expect(await setting.slack.message(GENERAL, mine.ts)).toMatchObject({
    text: 'still mine',
    ephemeralFor: REQUESTER,
  });
  const ours = await clicked(setting, 'chat.postMessage');
  await respond(ours.url, { replace_original: true, response_type: 'ephemeral', text: 'still ours' });
  const message = await setting.slack.message(GENERAL, ours.ts);
  expect(message).toMatchObject({ text: 'still ours', edited: {} });
  expect(message).not.toHaveProperty('ephemeralFor');
});

test('§5 delete_original removes an ephemeral message too', async () => {
  const setting = await scene();
  const { url, ts } = await clicked(setting, 'chat.postEphemeral');
  expect(await respond(url, { delete_original: true })).toMatchObject({ status: 200 });
  expect(await setting.slack.message(GENERAL, ts)).toBeUndefined();
});

test('§5 a response_url that was never given, and a body that is no JSON', async () => {
  const setting = await scene();
  const { url } = await clicked(setting, 'chat.postMessage');
  expect((await respond(`${url}x`, { text: 'x' })).status).toBe(404);
  const response = await fetch(url, { method: 'POST', body: 'text=x' });
  expect([response.status, await response.text()]).toEqual([400, 'invalid_payload']);
});
