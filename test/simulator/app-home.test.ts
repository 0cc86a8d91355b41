import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { DM, REQUESTER, type Scene, SEED, scene } from './support.ts';
import { home, lastPayload, modal } from './view-support.ts';

const OPENED = { subscriptions: ['app_home_opened', 'app_context_changed', 'message.im'] };
const events = ({ received }: Scene) =>
  received.map((one) => (JSON.parse(one.body) as { event: JsonObject }).event);

test('§4 views.publish shows a home to one person, and replaces it', async () => {
  const { slack, api } = await scene();
  const first = await api('views.publish', { user_id: REQUESTER, view: home('One') });
  expect(first).toMatchObject({ ok: true, view: { type: 'home', app_id: SEED.app } });
  const { id, hash } = first.view as { id: string; hash: string };
  expect(await api('views.publish', { user_id: REQUESTER, view: home('Two'), hash })).toMatchObject({
    view: { id },
  });
  expect(await api('views.publish', { user_id: REQUESTER, view: home('Three'), hash })).toMatchObject({
    ok: false,
    error: 'hash_conflict',
  });
  await slack.views.waitFor({ user: REQUESTER, type: 'home', textIncludes: 'Two' });
  expect((await slack.views.of(SEED.people.reviewer)).homes).toEqual([]);
});

test('§4 views.publish: not_enabled when the home tab is off, only homes, only people', async () => {
  const { slack, api } = await scene();
  expect(await api('views.publish', { user_id: REQUESTER, view: modal() })).toMatchObject({
    error: 'invalid_arguments',
  });
  expect(await api('views.publish', { user_id: 'U0NOBODY', view: home() })).toMatchObject({
    error: 'user_not_found',
  });
  await slack.setApp({ homeTab: false });
  expect(await api('views.publish', { user_id: REQUESTER, view: home() })).toMatchObject({
    error: 'not_enabled',
  });
  await expect(slack.views.openHome({ user: REQUESTER, tab: 'home' })).rejects.toThrow('no home tab');
});

test('§6 app_home_opened: the tab, the DM, the home once there is one, an event_ts without its dot', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  await slack.setApp(OPENED);
  expect((await slack.views.openHome({ user: REQUESTER, tab: 'messages' })).openHome).toEqual({
    app: SEED.app,
    tab: 'messages',
  });
  await slack.waitForDelivery({ type: 'app_home_opened', state: 'acknowledged' });
  const published = await api('views.publish', { user_id: REQUESTER, view: home() });
  await slack.views.openHome({ user: REQUESTER, tab: 'home' });
  await slack.waitForDelivery({ type: 'app_home_opened', state: 'acknowledged', count: 2 });
  const [messages, opened] = events(setting);
  expect(messages).toMatchObject({
    type: 'app_home_opened',
    user: REQUESTER,
    channel: DM,
    tab: 'messages',
    event_ts: expect.stringMatching(/^\d{16}$/),
  });
  expect(messages).not.toHaveProperty('view');
  expect(opened).toMatchObject({ tab: 'home', view: { id: (published.view as { id: string }).id } });
});

test('§5 block_actions from a home: container view, values in the view', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const { view } = await api('views.publish', { user_id: REQUESTER, view: home() });
  const { id } = view as { id: string };
  await slack.views.act({ user: REQUESTER, view_id: id, action_id: 'day', selected_date: '2026-11-21' });
  await slack.views.act({ user: REQUESTER, view_id: id, action_id: 'start' });
  expect(lastPayload(setting, 'block_actions')).toMatchObject({
    container: { type: 'view', view_id: id },
    view: { id, type: 'home', state: { values: { b: { day: { selected_date: '2026-11-21' } } } } },
    actions: [{ action_id: 'start', block_id: 's' }],
  });
});

test('§4 a trigger from a home opens a modal but pushes none', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const { view } = await api('views.publish', { user_id: REQUESTER, view: home() });
  const { id } = view as { id: string };
  await slack.views.act({ user: REQUESTER, view_id: id, action_id: 'start' });
  const trigger_id = String(lastPayload(setting, 'block_actions').trigger_id);
  expect(await api('views.push', { trigger_id, view: modal() })).toMatchObject({
    error: 'invalid_trigger_id',
  });
  expect(await api('views.open', { trigger_id, view: modal() })).toMatchObject({ ok: true });
});

test('§6 app_context_changed, and the context goes along with messages and the opened home', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp(OPENED);
  const entities = [{ type: 'slack#/types/channel_id', value: SEED.channels.team, team_id: SEED.team }];
  await slack.views.context({ user: REQUESTER, entities });
  await slack.views.openHome({ user: REQUESTER, tab: 'messages' });
  await slack.post({ user: REQUESTER, channel: DM, text: 'what is this?' });
  await slack.waitForDelivery({ type: 'message', state: 'acknowledged' });
  await slack.waitForDelivery({ type: 'app_home_opened', state: 'acknowledged' });
  const all = events(setting);
  expect(all.find((event) => event.type === 'app_context_changed')).toMatchObject({
    user: REQUESTER,
    channel: DM,
    context: { entities },
  });
  expect(all.find((event) => event.type === 'app_home_opened')).toMatchObject({ context: { entities } });
  expect(all.find((event) => event.type === 'message')).toMatchObject({ app_context: { entities } });
});

test('§6 app_context_changed needs assistant:write', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp(OPENED);
  await slack.setInstallation({ scopes: ['chat:write'] });
  await slack.views.context({ user: REQUESTER, entities: [] });
  await slack.views.openHome({ user: REQUESTER, tab: 'home' });
  await slack.waitForDelivery({ state: 'acknowledged' });
  expect((await slack.deliveries()).map(({ type }) => type)).toEqual(['app_home_opened']);
});

test('§9 messages_tab_enabled and messages_tab_read_only_enabled: nobody writes to an app that takes no messages', async () => {
  const { slack } = await scene();
  const write = () => slack.post({ user: REQUESTER, channel: DM, text: 'hello' });
  await slack.setApp({ messagesTabReadOnly: true });
  await expect(write()).rejects.toThrow('takes no messages');
  await slack.setApp({ messagesTab: false, messagesTabReadOnly: false });
  await expect(write()).rejects.toThrow('takes no messages');
  await expect(slack.views.openHome({ user: REQUESTER, tab: 'messages' })).rejects.toThrow('no messages tab');
  await slack.setApp({ messagesTab: true });
  expect(await write()).toMatchObject({ text: 'hello' });
});
