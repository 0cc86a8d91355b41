import { expect, test } from 'vitest';
import { envelopes, eventOf, events, taken } from './event-support.ts';
import { DM, GENERAL, REQUESTER, SEED, scene } from './support.ts';

const REVIEWER = SEED.people.reviewer;
const MESSAGES = ['message.channels', 'message.groups', 'message.im', 'message.mpim', 'app_mention'];

test.each<[string, string, string]>([
  ['message.channels', GENERAL, 'channel'],
  ['message.im', DM, 'im'],
  ['message.mpim', SEED.channels.group, 'mpim'],
])('§6 %s: channel_type by the kind of conversation', async (subscription, channel, channelType) => {
  const setting = await scene();
  await setting.slack.setApp({ subscriptions: [subscription] });
  await setting.slack.post({ user: REQUESTER, channel, text: 'hello' });
  const [event] = await taken(setting, 1);
  expect(event).toMatchObject({
    type: 'message',
    channel,
    channel_type: channelType,
    user: REQUESTER,
    text: 'hello',
    team: SEED.team,
    client_msg_id: expect.any(String),
    blocks: [{ type: 'rich_text' }],
  });
});

test('§6 message.groups: a private channel with the bot in it', async () => {
  const setting = await scene();
  const { slack } = setting;
  const { id } = await slack.createChannel({
    teamId: SEED.team,
    name: 'closed',
    kind: 'group',
    members: [REQUESTER, SEED.botUser],
  });
  await slack.setApp({ subscriptions: MESSAGES });
  await slack.post({ user: REQUESTER, channel: id, text: 'hello' });
  expect(await taken(setting, 1)).toMatchObject([{ channel_type: 'group' }]);
});

test('§6 message.app_home: the DM under its older name', async () => {
  const setting = await scene();
  await setting.slack.setApp({ subscriptions: ['message.app_home', 'message.im'] });
  await setting.slack.post({ user: REQUESTER, channel: DM, text: 'hello' });
  const all = await taken(setting, 2);
  expect(all.map((event) => event.channel_type).sort()).toEqual(['app_home', 'im']);
});

test.each([
  ['channels:history', 'message.channels', GENERAL],
  ['im:history', 'message.im', DM],
  ['mpim:history', 'message.mpim', SEED.channels.group],
  ['app_mentions:read', 'app_mention', GENERAL],
])('§10.3 an app without %s is not sent %s', async (scope, subscription, channel) => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: [subscription] });
  await slack.setInstallation({ scopes: ['chat:write'] });
  await slack.post({ user: REQUESTER, channel, text: '@sluice without' });
  await slack.setInstallation({ scopes: ['chat:write', scope] });
  await slack.post({ user: REQUESTER, channel, text: '@sluice with' });
  const all = await taken(setting, 1);
  expect(all.map(({ text }) => String(text).split(' ')[1])).toEqual(['with']);
});

test('§6 a mention in a group DM comes as app_mention too', async () => {
  const setting = await scene();
  await setting.slack.setApp({ subscriptions: MESSAGES });
  await setting.slack.post({ user: REQUESTER, channel: SEED.channels.group, text: '@sluice hello' });
  expect((await taken(setting, 2)).map(({ type }) => type).sort()).toEqual(['app_mention', 'message']);
});

test('§6 a reply carries thread_ts and parent_user_id', async () => {
  const setting = await scene();
  await setting.slack.setApp({ subscriptions: MESSAGES });
  const { ts } = await setting.slack.post({ user: REVIEWER, channel: GENERAL, text: 'root' });
  await setting.slack.post({ user: REQUESTER, channel: GENERAL, text: 'reply', thread_ts: ts });
  const all = await taken(setting, 2);
  expect(all.find(({ text }) => text === 'reply')).toMatchObject({ thread_ts: ts, parent_user_id: REVIEWER });
});

test('§6 thread_broadcast: a reply sent to the channel too carries its root', async () => {
  const setting = await scene();
  await setting.slack.setApp({ subscriptions: MESSAGES });
  const { ts } = await setting.slack.post({ user: REVIEWER, channel: GENERAL, text: 'root' });
  await setting.slack.post({
    user: REQUESTER,
    channel: GENERAL,
    text: 'all',
    thread_ts: ts,
    broadcast: true,
  });
  expect(eventOf(await taken(setting, 2), 'message', 'thread_broadcast')).toMatchObject({
    text: 'all',
    thread_ts: ts,
    root: { ts, text: 'root', user: REVIEWER, reply_count: 1 },
  });
});

test('§6 an edit: message_changed; it comes as app_mention too only if it adds the mention', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: MESSAGES });
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hello' });
  await slack.edit({ user: REQUESTER, channel: GENERAL, ts, text: '@sluice hello' });
  const all = await taken(setting, 3);
  expect(eventOf(all, 'message', 'message_changed')).toMatchObject({
    hidden: true,
    channel: GENERAL,
    channel_type: 'channel',
    message: { ts, text: `<@${SEED.botUser}> hello`, edited: { user: REQUESTER } },
    previous_message: { ts, text: 'hello' },
  });
  expect(eventOf(all, 'app_mention')).toMatchObject({ ts, edited: { user: REQUESTER } });
  await slack.edit({ user: REQUESTER, channel: GENERAL, ts, text: '@sluice hello again' });
  const more = await taken(setting, 4);
  expect(more.filter(({ type }) => type === 'app_mention')).toHaveLength(1);
});

test('§6 a parent with replies leaves a tombstone, which goes with its last reply', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const at = { user: REQUESTER, channel: GENERAL };
  const { ts } = await slack.post({ ...at, text: 'root' });
  const reply = await slack.post({ ...at, text: 'reply', thread_ts: ts });
  await slack.delete({ ...at, ts });
  expect(await slack.message(GENERAL, ts)).toMatchObject({ subtype: 'tombstone', blocks: [] });
  const history = await api('conversations.replies', { channel: GENERAL, ts });
  expect(history).toMatchObject({ ok: true, messages: [{ subtype: 'tombstone', reply_count: 1 }, {}] });
  const all = await taken(setting, 3);
  expect(eventOf(all, 'message', 'message_changed')).toMatchObject({
    message: { ts, subtype: 'tombstone', text: 'This message was deleted.' },
    previous_message: { text: 'root', user: REQUESTER },
  });
  await slack.delete({ ...at, ts: reply.ts });
  expect(await slack.message(GENERAL, ts)).toBeUndefined();
  expect(eventOf(await taken(setting, 4), 'message', 'message_deleted')).toMatchObject({
    deleted_ts: reply.ts,
    previous_message: { text: 'reply' },
  });
});

test('§6 thread bookkeeping: a reply sends message_changed of its parent, as an option', async () => {
  const setting = await scene({ threadBookkeeping: true });
  const { slack } = setting;
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'root' });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'reply', thread_ts: ts });
  const changed = eventOf(await taken(setting, 3), 'message', 'message_changed');
  expect(changed).toMatchObject({ hidden: true, message: { ts, reply_count: 1 } });
  expect(changed.previous_message).not.toHaveProperty('reply_count');
});

test('§6 the same message reaches an app once, whichever of its installations see it', async () => {
  const setting = await scene();
  const { slack } = setting;
  const { botUserId } = await slack.install({ app: SEED.app, teamId: SEED.partnerTeam });
  await slack.changeChannel({ channel: SEED.channels.shared, join: [botUserId] });
  await slack.setApp({ subscriptions: MESSAGES });
  const post = (user: string) => slack.post({ user, channel: SEED.channels.shared, text: 'hello' });
  await post(REQUESTER);
  await taken(setting, 1);
  await post(SEED.people.partner);
  await taken(setting, 2);
  const all = envelopes(setting);
  expect(all).toHaveLength(2);
  expect(all.map(({ authorizations }) => authorizations)).toMatchObject([
    [{ team_id: SEED.team, user_id: SEED.botUser }],
    [{ team_id: SEED.partnerTeam, user_id: botUserId }],
  ]);
});

test('§6 a channel shared with another organisation: is_ext_shared_channel, and the receiver by context_team_id', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: MESSAGES });
  await slack.post({ user: SEED.people.partner, channel: SEED.channels.shared, text: 'hello' });
  await taken(setting, 1);
  expect(envelopes(setting)).toMatchObject([
    {
      is_ext_shared_channel: true,
      team_id: SEED.partnerTeam,
      context_team_id: SEED.team,
      context_enterprise_id: null,
      authorizations: [{ team_id: SEED.team, user_id: SEED.botUser, is_enterprise_install: false }],
      event: { user: SEED.people.partner, team: SEED.partnerTeam },
    },
  ]);
});

test('§6 other apps in the channel hear of it too, each by its own installation and token', async () => {
  const setting = await scene();
  const { slack, appUrl } = setting;
  const other = await slack.createApp({
    name: 'other',
    signingSecret: 's',
    eventsUrl: `${appUrl}/other`,
    subscriptions: MESSAGES,
  });
  const { botUserId } = await slack.install({ app: other.id, teamId: SEED.team });
  await slack.changeChannel({ channel: GENERAL, join: [botUserId] });
  await slack.setApp({ app: SEED.app, subscriptions: MESSAGES });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@other hello' });
  const all = await taken(setting, 3);
  expect(all.map(({ type }) => type).sort()).toEqual(['app_mention', 'message', 'message']);
  const mention = envelopes(setting).find(({ event }) => event.type === 'app_mention');
  expect(mention).toMatchObject({ api_app_id: other.id, authorizations: [{ user_id: botUserId }] });
  expect(new Set(envelopes(setting).map(({ event_id }) => event_id)).size).toBe(3);
  expect(events(setting)).toHaveLength(3);
});

test('§6 file_share: a message with files, in a channel and in a DM', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: MESSAGES });
  const files = [{ name: 'table.csv', content: 'a,b' }];
  await slack.upload({ user: REQUESTER, channel: DM, text: 'look', files });
  expect(eventOf(await taken(setting, 1), 'message', 'file_share')).toMatchObject({
    channel: DM,
    channel_type: 'im',
    text: 'look',
    user: REQUESTER,
    upload: false,
    files: [{ name: 'table.csv', size: 3, mode: 'hosted', url_private: expect.stringContaining('http') }],
  });
  await slack.upload({ user: REQUESTER, channel: GENERAL, text: '@sluice look', files });
  expect(eventOf(await taken(setting, 3), 'app_mention')).toMatchObject({ files: [{ name: 'table.csv' }] });
});

test('§6 a message under another name is of the bot_message style: bot_id and username, no user', async () => {
  const setting = await scene();
  const { api, slack } = setting;
  const { installations } = await slack.state();
  const scopes = [...(installations[0]?.scopes ?? []), 'chat:write.customize'];
  await slack.setInstallation({ scopes });
  await api('chat.postMessage', { channel: GENERAL, text: 'x', username: 'Helper' });
  await api('chat.postMessage', { channel: GENERAL, text: 'y' });
  const [event, second] = await taken(setting, 2);
  expect(event).toMatchObject({ subtype: 'bot_message', bot_id: SEED.bot, username: 'Helper', text: 'x' });
  expect(event).not.toHaveProperty('user');
  expect(second).toMatchObject({ user: SEED.botUser, bot_id: SEED.bot, bot_profile: { id: SEED.bot } });
  expect(second).not.toHaveProperty('subtype');
});
