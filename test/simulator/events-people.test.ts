import { expect, test } from 'vitest';
import { eventOf, taken } from './event-support.ts';
import { DM, GENERAL, REQUESTER, SEED, scene } from './support.ts';

const REVIEWER = SEED.people.reviewer;

test('§6 reaction_added and reaction_removed, with whose message it is', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: ['reaction_added', 'reaction_removed'] });
  const { ts } = await slack.post({ user: REVIEWER, channel: GENERAL, text: 'x' });
  const at = { user: REQUESTER, channel: GENERAL, ts, name: ':tada:' };
  expect(await slack.react(at)).toMatchObject({ reactions: [{ name: 'tada', users: [REQUESTER] }] });
  await expect(slack.react(at)).rejects.toThrow('is there already');
  await taken(setting, 1);
  await slack.react({ ...at, remove: true });
  await expect(slack.react({ ...at, remove: true })).rejects.toThrow('there is no :tada:');
  expect(await taken(setting, 2)).toMatchObject([
    {
      type: 'reaction_added',
      user: REQUESTER,
      reaction: 'tada',
      item_user: REVIEWER,
      item: { type: 'message', channel: GENERAL, ts },
      event_ts: expect.stringMatching(/^\d+\.\d{6}$/),
    },
    { type: 'reaction_removed', user: REQUESTER, reaction: 'tada' },
  ]);
});

test('§6 reactions need reactions:read', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: ['reaction_added'] });
  const { ts } = await slack.post({ user: REVIEWER, channel: GENERAL, text: 'x' });
  await slack.setInstallation({ scopes: ['chat:write'] });
  await slack.react({ user: REQUESTER, channel: GENERAL, ts, name: 'eyes' });
  await slack.setInstallation({ scopes: ['reactions:read'] });
  await slack.react({ user: REQUESTER, channel: GENERAL, ts, name: 'tada' });
  expect(await taken(setting, 1)).toMatchObject([{ reaction: 'tada' }]);
});

test('§6 agent_session_stopped: the thread and the streams that were stopped; needs chat:write', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  await slack.setApp({ subscriptions: ['agent_session_stopped'] });
  const { ts: threadTs } = await slack.post({ user: REQUESTER, channel: DM, text: 'go' });
  const { ts } = await api('chat.startStream', { channel: DM, thread_ts: threadTs });
  await slack.stop({ user: REQUESTER, channel: DM, thread_ts: threadTs });
  expect(await taken(setting, 1)).toMatchObject([
    {
      type: 'agent_session_stopped',
      channel: DM,
      user: REQUESTER,
      thread_ts: threadTs,
      streaming_message_ts: [ts],
      event_ts: expect.any(String),
    },
  ]);
});

test('§6 agent_session_title_changed when a person renames a session', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  await slack.setApp({ subscriptions: ['agent_session_title_changed'] });
  const { ts } = await slack.post({ user: REQUESTER, channel: DM, text: 'go' });
  const rename = (title: string) => slack.rename({ user: REQUESTER, channel: DM, thread_ts: ts, title });
  await expect(rename('First')).rejects.toThrow('no agent session');
  await api('agents.sessions.setStatus', { channel_id: DM, thread_ts: ts, status: 'active' });
  await rename('First');
  await taken(setting, 1);
  await rename('Second');
  expect(await taken(setting, 2)).toMatchObject([
    { type: 'agent_session_title_changed', channel: DM, user: REQUESTER, team_id: SEED.team, title: 'First' },
    { title: 'Second', previous_title: 'First', thread_ts: ts },
  ]);
  await expect(rename('x'.repeat(201))).rejects.toThrow('at most 200');
});

test('§6 assistant_thread_started of the legacy container, only as an option', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: ['assistant_thread_started'] });
  await expect(slack.startAssistantThread({ user: REQUESTER })).rejects.toThrow('legacyAssistant');
  await slack.setOptions({ legacyAssistant: true });
  const context = { channel_id: GENERAL, team_id: SEED.team };
  const { ts } = await slack.startAssistantThread({ user: REQUESTER, context });
  expect(await slack.message(DM, ts)).toMatchObject({ subtype: 'assistant_app_thread' });
  expect(await taken(setting, 1)).toMatchObject([
    {
      type: 'assistant_thread_started',
      assistant_thread: { user_id: REQUESTER, channel_id: DM, thread_ts: ts, context },
    },
  ]);
});

test('§6 uninstalling sends tokens_revoked with ids, and app_uninstalled; then nothing any more', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setInstallation({ revoked: true });
  const all = await taken(setting, 2);
  expect(eventOf(all, 'app_uninstalled')).toEqual({ type: 'app_uninstalled' });
  expect(eventOf(all, 'tokens_revoked')).toMatchObject({ tokens: { bot: [SEED.botUser] } });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  expect(await slack.deliveries()).toHaveLength(2);
});

test('§6 member_joined_channel and member_left_channel, a bot hears of itself too', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: ['member_joined_channel', 'member_left_channel'] });
  const { id } = await slack.createChannel({ teamId: SEED.team, name: 'fresh', members: [REQUESTER] });
  await slack.changeChannel({ channel: id, join: [REVIEWER] });
  await slack.changeChannel({ channel: id, join: [SEED.botUser] });
  await taken(setting, 1);
  await slack.changeChannel({ channel: id, leave: [REQUESTER] });
  await taken(setting, 2);
  await slack.changeChannel({ channel: id, leave: [SEED.botUser] });
  await taken(setting, 3);
  await slack.changeChannel({ channel: id, leave: [REVIEWER] });
  expect((await taken(setting, 3)).map(({ type, user }) => [type, user])).toEqual([
    ['member_joined_channel', SEED.botUser],
    ['member_left_channel', REQUESTER],
    ['member_left_channel', SEED.botUser],
  ]);
  expect(eventOf(await taken(setting, 3), 'member_joined_channel')).toMatchObject({
    channel: id,
    channel_type: 'C',
    team: SEED.team,
    event_ts: expect.any(String),
  });
});

test.each([
  ['channel', 'channels:read', 'C'],
  ['group', 'groups:read', 'G'],
] as const)('§6 members of a %s: needs %s', async (kind, scope, channelType) => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: ['member_joined_channel'] });
  const members = [REQUESTER, SEED.botUser];
  const { id } = await slack.createChannel({ teamId: SEED.team, name: 'fresh', kind, members });
  await slack.setInstallation({ scopes: ['chat:write'] });
  await slack.changeChannel({ channel: id, join: [REVIEWER] });
  await slack.setInstallation({ scopes: [scope] });
  await slack.changeChannel({ channel: id, join: [SEED.people.operator] });
  expect(await taken(setting, 1)).toMatchObject([{ user: SEED.people.operator, channel_type: channelType }]);
});

test('§6 channel_archive and channel_unarchive, to who subscribed', async () => {
  const setting = await scene();
  const { slack } = setting;
  await slack.setApp({ subscriptions: ['channel_archive', 'channel_unarchive'] });
  await slack.changeChannel({ channel: GENERAL, archived: true });
  await taken(setting, 1);
  await slack.changeChannel({ channel: GENERAL, archived: false });
  expect(await taken(setting, 2)).toMatchObject([
    { type: 'channel_archive', channel: GENERAL },
    { type: 'channel_unarchive', channel: GENERAL },
  ]);
});
