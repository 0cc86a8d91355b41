import { expect, test } from 'vitest';
import { GENERAL, REQUESTER, SEED, scene } from './support.ts';
import { lastPayload, modal } from './view-support.ts';

test('§5 a global shortcut: no channel, no message, a trigger that opens a modal', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  expect(await slack.shortcut({ user: REQUESTER, callback_id: 'new_request' })).toMatchObject({
    type: 'shortcut',
    state: 'acknowledged',
  });
  const payload = lastPayload(setting, 'shortcut');
  expect(payload).toEqual({
    type: 'shortcut',
    token: 'sluice-verification-token',
    action_ts: expect.stringMatching(/^\d+\.\d{6}$/),
    team: { id: SEED.team, domain: 'sluice-local' },
    user: { id: REQUESTER, username: 'requester', team_id: SEED.team },
    callback_id: 'new_request',
    trigger_id: expect.any(String),
    is_enterprise_install: false,
    enterprise: null,
  });
  const trigger_id = String(payload.trigger_id);
  expect(await api('views.open', { trigger_id, view: modal() })).toMatchObject({ ok: true });
});

test('§5 a message shortcut: message_action with the message and a response_url', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: [] });
  const { ts } = await slack.post({ user: SEED.people.reviewer, channel: GENERAL, text: 'look at this' });
  await slack.shortcut({ user: REQUESTER, callback_id: 'ask_agent', channel: GENERAL, ts });
  const payload = lastPayload(setting, 'message_action');
  expect(payload).toMatchObject({
    callback_id: 'ask_agent',
    user: { id: REQUESTER, name: 'requester' },
    channel: { id: GENERAL, name: 'general' },
    message_ts: ts,
    message: { ts, text: 'look at this', user: SEED.people.reviewer },
    trigger_id: expect.any(String),
    response_url: expect.stringContaining(`/app/${SEED.team}/`),
  });
  const body = JSON.stringify({ text: 'on it', replace_original: true });
  await fetch(String(payload.response_url), { method: 'POST', body });
  expect(await slack.waitForMessage({ ephemeralFor: REQUESTER })).toMatchObject({ text: 'on it' });
  // A person's message is nothing that an app can replace.
  expect(await slack.message(GENERAL, ts)).toMatchObject({ text: 'look at this' });
});

test('§5 what cannot be run: unknown, the wrong kind, a message one does not see, no scope', async () => {
  const { slack } = await scene();
  const run = (callback_id: string, more = {}) => slack.shortcut({ user: REQUESTER, callback_id, ...more });
  await expect(run('nothing')).rejects.toThrow('no app here has the shortcut nothing');
  await expect(run('ask_agent')).rejects.toThrow('give channel and ts');
  await expect(run('new_request', { channel: GENERAL, ts: '1.0' })).rejects.toThrow('global shortcut');
  const { ts } = await slack.post({ user: REQUESTER, channel: SEED.channels.private, text: 'x' });
  await slack.changeChannel({ channel: SEED.channels.private, leave: [REQUESTER] });
  await expect(run('ask_agent', { channel: SEED.channels.private, ts })).rejects.toThrow('cannot see');
  await slack.setInstallation({ scopes: ['chat:write'] });
  await expect(run('new_request')).rejects.toThrow('without the scope commands');
});
