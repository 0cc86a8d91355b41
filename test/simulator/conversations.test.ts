import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { DM, GENERAL, REQUESTER, type Scene, SEED, scene } from './support.ts';

const { reviewer, operator, guest, former, partner } = SEED.people;
const { private: PRIVATE, group: GROUP, shared: SHARED, team: TEAM_CHANNEL } = SEED.channels;

/** Every scope that a method of this file may need. */
const ALL = [
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'users:read',
];

const MEMBERSHIP = [
  'member_joined_channel',
  'member_left_channel',
  'channel_archive',
  'channel_unarchive',
  'channel_rename',
];

async function allowed(scopes = ALL): Promise<Scene> {
  const whole = await scene();
  await whole.slack.setInstallation({ scopes });
  await whole.slack.setApp({ subscriptions: MEMBERSHIP });
  return whole;
}

const idOf = (answer: JsonObject): string => String((answer.channel as JsonObject).id);
const cursorOf = (answer: JsonObject): string => String((answer.response_metadata as JsonObject).next_cursor);
const types = async ({ slack }: Scene) => (await slack.deliveries()).map(({ type }) => type);

test.each([
  ['public_channel', 'channels:read'],
  ['private_channel', 'groups:read'],
  ['im', 'im:read'],
  ['mpim', 'mpim:read'],
])('§10.3 conversations.list and users.conversations of %s need %s', async (kind, needed) => {
  const { api } = await allowed(ALL.filter((scope) => scope !== needed));
  for (const method of ['conversations.list', 'users.conversations']) {
    expect(await api(method, { types: kind })).toMatchObject({ error: 'missing_scope', needed });
  }
});

test.each([
  ['a public channel', 'channels:read', GENERAL],
  ['a DM', 'im:read', DM],
  ['a group DM', 'mpim:read', GROUP],
])('§10.3 info and members of %s need %s', async (_, needed, channel) => {
  const { api } = await allowed(ALL.filter((scope) => scope !== needed));
  expect(await api('conversations.info', { channel })).toMatchObject({ error: 'missing_scope', needed });
  expect(await api('conversations.members', { channel })).toMatchObject({ error: 'missing_scope', needed });
});

test.each([
  ['a public channel', 'channels:history', GENERAL],
  ['a DM', 'im:history', DM],
  ['a group DM', 'mpim:history', GROUP],
])('§10.3 history and replies of %s need %s', async (_, needed, channel) => {
  const { api } = await allowed(ALL.filter((scope) => scope !== needed));
  for (const method of ['conversations.history', 'conversations.replies']) {
    expect(await api(method, { channel, ts: '1.000001' })).toMatchObject({ error: 'missing_scope', needed });
  }
});

test('the kinds of a channel as conversations.info shows them', async () => {
  const { api } = await allowed();
  expect(await api('conversations.info', { channel: GENERAL })).toMatchObject({
    channel: {
      is_channel: true,
      is_private: false,
      is_im: false,
      is_mpim: false,
      is_general: true,
      is_member: true,
    },
  });
  expect(await api('conversations.info', { channel: DM })).toMatchObject({
    channel: { is_im: true, user: REQUESTER },
  });
  expect(await api('conversations.info', { channel: GROUP })).toMatchObject({
    channel: { is_mpim: true, is_private: true, is_im: false },
  });
  expect(await api('conversations.info', { channel: PRIVATE })).toMatchObject({ error: 'channel_not_found' });
  const counted = await api('conversations.info', { channel: GROUP, include_num_members: true });
  expect(counted).toMatchObject({ channel: { num_members: 3 } });
});

test('users.conversations: those that the bot is in, or that somebody shares with it', async () => {
  const { api, slack } = await allowed();
  const ids = (answer: JsonObject) => (answer.channels as JsonObject[]).map(({ id }) => id);
  const without = await slack.createChannel({ teamId: SEED.team, name: 'open', members: [operator] });
  expect(ids(await api('users.conversations'))).toEqual([
    SEED.channels.announcements,
    GENERAL,
    SHARED,
    TEAM_CHANNEL,
  ]);
  expect(ids(await api('users.conversations', { user: operator }))).toContain(without.id);
  expect(ids(await api('users.conversations', { user: operator, types: 'mpim' }))).toEqual([]);
  expect(ids(await api('users.conversations', { user: reviewer, types: 'mpim,im' }))).toEqual([
    'D0REVIEWER0',
    GROUP,
  ]);
  expect(await api('users.conversations', { user: 'U404' })).toMatchObject({ error: 'user_not_found' });
});

test('conversations.list leaves out archived ones when told', async () => {
  const { api, slack } = await allowed();
  await slack.changeChannel({ channel: TEAM_CHANNEL, archived: true });
  const names = async (args: Record<string, Json>) =>
    ((await api('conversations.list', args)).channels as JsonObject[]).map(({ name }) => name);
  expect(await names({})).toContain('team');
  expect(await names({ exclude_archived: true })).not.toContain('team');
});

test('conversations.members page by page', async () => {
  const { api } = await allowed();
  const first = await api('conversations.members', { channel: GENERAL, limit: 3 });
  const rest = await api('conversations.members', { channel: GENERAL, limit: 3, cursor: cursorOf(first) });
  expect([...(first.members as string[]), ...(rest.members as string[])]).toEqual([
    REQUESTER,
    reviewer,
    operator,
    guest,
    SEED.botUser,
  ]);
  expect(cursorOf(rest)).toBe('');
  expect(await api('conversations.members', { channel: GENERAL, limit: 0 })).toMatchObject({
    error: 'invalid_limit',
  });
});

test('a private channel without the bot is channel_not_found for every method', async () => {
  const { api } = await allowed();
  const methods = 'info members history replies join leave invite kick archive rename setTopic mark'.split(
    ' ',
  );
  for (const method of methods) {
    const args = { channel: PRIVATE, ts: '1.000001', users: operator, user: operator, name: 'x' };
    expect(await api(`conversations.${method}`, args), method).toMatchObject({ error: 'channel_not_found' });
  }
});

test('conversations.join: once with an event, again with a warning', async () => {
  const whole = await allowed();
  const { api, slack } = whole;
  const { id: channel } = await slack.createChannel({ teamId: SEED.team, name: 'open', members: [operator] });
  expect(await api('conversations.history', { channel })).toMatchObject({ error: 'not_in_channel' });
  expect(await api('chat.postMessage', { channel, text: 'x' })).toMatchObject({ error: 'not_in_channel' });
  expect(await api('conversations.join', { channel })).toMatchObject({
    ok: true,
    channel: { id: channel, is_member: true },
  });
  expect(await api('conversations.join', { channel })).toMatchObject({
    ok: true,
    warning: 'already_in_channel',
    response_metadata: { warnings: ['already_in_channel'] },
  });
  const [joined, ...more] = await slack.deliveries({ type: 'member_joined_channel' });
  expect(joined?.payload).toMatchObject({ event: { user: SEED.botUser, channel } });
  expect(more).toEqual([]);
});

test.each([
  ['join', DM],
  ['join', GROUP],
  ['invite', DM],
  ['invite', GROUP],
  ['kick', DM],
  ['leave', DM],
  ['archive', GROUP],
  ['rename', DM],
  ['open', GENERAL],
  ['close', GENERAL],
])('conversations.%s of %s: method_not_supported_for_channel_type', async (method, channel) => {
  const { api } = await allowed();
  const args = { channel, users: operator, user: operator, name: 'x' };
  expect(await api(`conversations.${method}`, args)).toMatchObject({
    error: 'method_not_supported_for_channel_type',
  });
});

test.each([
  ['join', 'channels:join'],
  ['leave', 'channels:manage'],
  ['invite', 'channels:manage'],
  ['kick', 'channels:manage'],
  ['archive', 'channels:manage'],
  ['unarchive', 'channels:manage'],
  ['rename', 'channels:manage'],
  ['setTopic', 'channels:manage'],
  ['setPurpose', 'channels:manage'],
  ['mark', 'channels:manage'],
])('§10.3 conversations.%s in a public channel needs %s', async (method, needed) => {
  const { api } = await allowed(ALL.filter((scope) => scope !== needed));
  const args = { channel: TEAM_CHANNEL, users: operator, user: operator, name: 'x', ts: '1.000001' };
  expect(await api(`conversations.${method}`, args)).toMatchObject({ error: 'missing_scope', needed });
});

test('conversations.leave: with an event; not in it is no error', async () => {
  const { api, slack } = await allowed();
  expect(await api('conversations.leave', { channel: TEAM_CHANNEL })).toEqual({ ok: true });
  expect(await api('conversations.leave', { channel: TEAM_CHANNEL })).toEqual({
    ok: true,
    not_in_channel: true,
  });
  const left = await slack.waitForDelivery({ type: 'member_left_channel' });
  expect(left.payload).toMatchObject({ event: { user: SEED.botUser, channel: TEAM_CHANNEL } });
});

test.each([
  ['itself', SEED.botUser, 'cant_invite_self'],
  ['a member', reviewer, 'already_in_channel'],
  ['nobody', 'U404', 'user_not_found'],
  ['nobody at all', ', ', 'no_user'],
  ['somebody deactivated', former, 'cant_invite'],
  ["a partner into a channel that is not the partner's", partner, 'cant_invite'],
])('conversations.invite: %s', async (_, users, error) => {
  const { api } = await allowed();
  expect(await api('conversations.invite', { channel: TEAM_CHANNEL, users })).toMatchObject({
    ok: false,
    error,
  });
});

test('conversations.invite: all or nobody, unless force', async () => {
  const { api, slack } = await allowed();
  const members = [SEED.botUser, reviewer];
  const { id: channel } = await slack.createChannel({ teamId: SEED.team, name: 'small', members });
  const args = { channel, users: `${operator},${reviewer},${guest}` };
  expect(await api('conversations.invite', args)).toMatchObject({
    error: 'already_in_channel',
    errors: [{ user: reviewer, ok: false, error: 'already_in_channel' }],
  });
  expect(await api('conversations.members', { channel })).toMatchObject({ members });
  expect(await api('conversations.invite', { ...args, force: true })).toMatchObject({
    ok: true,
    errors: [{ user: reviewer }],
  });
  expect(await api('conversations.members', { channel })).toMatchObject({
    members: [SEED.botUser, reviewer, operator, guest],
  });
  const joined = await slack.deliveries({ type: 'member_joined_channel' });
  expect(joined.map(({ payload }) => (payload as { event: object }).event)).toMatchObject([
    { user: operator, inviter: SEED.botUser },
    { user: guest, inviter: SEED.botUser },
  ]);
});

test('conversations.kick', async () => {
  const { api, slack } = await allowed();
  const kick = (args: Record<string, string>) =>
    api('conversations.kick', { channel: TEAM_CHANNEL, ...args });
  expect(await kick({ user: SEED.botUser })).toMatchObject({ error: 'cant_kick_self' });
  expect(await kick({ user: 'U404' })).toMatchObject({ error: 'user_not_found' });
  expect(await kick({ user: former })).toMatchObject({ error: 'not_in_channel' });
  expect(await kick({ user: guest, channel: GENERAL })).toMatchObject({ error: 'cant_kick_from_general' });
  expect(await kick({ user: guest })).toMatchObject({ ok: true });
  const left = await slack.waitForDelivery({ type: 'member_left_channel' });
  expect(left.payload).toMatchObject({ event: { user: guest, channel: TEAM_CHANNEL } });
});

test.each([
  ['none', undefined, 'invalid_name_required'],
  ['80 characters', 'a'.repeat(80), undefined],
  ['81 characters', 'a'.repeat(81), 'invalid_name_maxlength'],
  ['capitals', 'Team', 'invalid_name_specials'],
  ['a space', 'a b', 'invalid_name_specials'],
  ['a full stop', 'a.b', 'invalid_name_specials'],
  ['only punctuation', '--', 'invalid_name_punctuation'],
  ['one that is in use', 'team', 'name_taken'],
  ['one of a private channel that it cannot see', 'private-without-bot', 'name_taken'],
  ['letters of any script, digits, hyphens, underscores', 'größe-7_日本', undefined],
])('conversations.create and rename with a name: %s', async (_, name, error) => {
  const { api } = await allowed();
  const given: Record<string, Json> = name === undefined ? {} : { name };
  const expected = error ? { ok: false, error } : { ok: true, channel: { name } };
  expect(await api('conversations.rename', { channel: SEED.channels.announcements, ...given })).toMatchObject(
    expected,
  );
  if (error) expect(await api('conversations.create', given)).toMatchObject(expected);
});

test('conversations.create: public or private, the bot is in it', async () => {
  const { api } = await allowed();
  const open = await api('conversations.create', { name: 'new' });
  expect(open).toMatchObject({ channel: { is_channel: true, is_private: false, creator: SEED.botUser } });
  const closed = await api('conversations.create', { name: 'new-private', is_private: true });
  expect(closed).toMatchObject({ channel: { is_private: true, is_member: true } });
  expect(await api('chat.postMessage', { channel: idOf(closed), text: 'x' })).toMatchObject({ ok: true });
});

test('conversations.archive, unarchive: is_archived meanwhile', async () => {
  const whole = await allowed();
  const { api } = whole;
  const channel = TEAM_CHANNEL;
  expect(await api('conversations.unarchive', { channel })).toMatchObject({ error: 'not_archived' });
  expect(await api('conversations.archive', { channel: GENERAL })).toMatchObject({
    error: 'cant_archive_general',
  });
  expect(await api('conversations.archive', { channel })).toEqual({ ok: true });
  expect(await api('conversations.archive', { channel })).toMatchObject({ error: 'already_archived' });
  for (const method of ['join', 'leave', 'invite', 'kick', 'rename', 'setTopic']) {
    const args = { channel, users: former, user: guest, name: 'x', topic: 'x' };
    expect(await api(`conversations.${method}`, args), method).toMatchObject({ error: 'is_archived' });
  }
  expect(await api('chat.postMessage', { channel, text: 'x' })).toMatchObject({ error: 'is_archived' });
  expect(await api('conversations.history', { channel })).toMatchObject({ ok: true });
  expect(await api('conversations.unarchive', { channel })).toEqual({ ok: true });
  expect(await api('chat.postMessage', { channel, text: 'x' })).toMatchObject({ ok: true });
  expect(await types(whole)).toEqual(['channel_archive', 'channel_unarchive']);
});

test('conversations.rename keeps the names before; an event', async () => {
  const whole = await allowed();
  const answer = await whole.api('conversations.rename', { channel: TEAM_CHANNEL, name: 'crew' });
  expect(answer).toMatchObject({ channel: { name: 'crew', previous_names: ['team'] } });
  const told = await whole.slack.waitForDelivery({ type: 'channel_rename' });
  expect(told.payload).toMatchObject({ event: { channel: { id: TEAM_CHANNEL, name: 'crew' } } });
});

test.each(['topic', 'purpose'])(
  'conversations.set%s: 250 characters pass, 251 are too_long',
  async (what) => {
    const { api } = await allowed();
    const method = `conversations.set${what === 'topic' ? 'Topic' : 'Purpose'}`;
    const args = { channel: TEAM_CHANNEL, [what]: 'x'.repeat(250) };
    expect(await api(method, args)).toMatchObject({ ok: true, channel: { [what]: { value: args[what] } } });
    expect(await api(method, { ...args, [what]: 'x'.repeat(251) })).toMatchObject({ error: 'too_long' });
  },
);

test('conversations.open: the DM there is, a new group DM, the same one again', async () => {
  const { api } = await allowed();
  expect(await api('conversations.open', { users: REQUESTER })).toEqual({
    ok: true,
    no_op: true,
    already_open: true,
    channel: { id: DM },
  });
  const full = await api('conversations.open', { users: REQUESTER, return_im: true });
  expect(full).toMatchObject({ channel: { id: DM, is_im: true, user: REQUESTER } });
  expect(idOf(await api('conversations.open', { users: `${reviewer},${REQUESTER}` }))).toBe(GROUP);
  const made = await api('conversations.open', { users: `${operator},${guest}` });
  expect(made).toMatchObject({ ok: true, channel: { is_mpim: true, is_private: true } });
  expect(made).not.toHaveProperty('already_open');
  const again = await api('conversations.open', { users: `${guest},${operator},${SEED.botUser}` });
  expect(idOf(again)).toBe(idOf(made));
  expect(await api('chat.postMessage', { channel: idOf(made), text: 'x' })).toMatchObject({ ok: true });
  expect(await api('conversations.open', { channel: GROUP })).toMatchObject({ channel: { id: GROUP } });
});

test.each([
  ['nobody', {}, 'users_list_not_supplied'],
  ['only itself', { users: SEED.botUser }, 'not_enough_users'],
  ['somebody unknown', { users: 'U404' }, 'user_not_found'],
  ['somebody deactivated', { users: former }, 'user_disabled'],
  ['a channel unknown', { channel: 'D404' }, 'channel_not_found'],
  [
    'one that is not to be made',
    { users: `${operator},${guest}`, prevent_creation: true },
    'channel_not_found',
  ],
])('conversations.open: %s', async (_, args, error) => {
  const { api } = await allowed();
  expect(await api('conversations.open', args)).toMatchObject({ ok: false, error });
});

test('conversations.open: eight people pass, nine are too_many_users', async () => {
  const { api, slack } = await allowed();
  const people = await Promise.all(
    Array.from({ length: 9 }, (_, at) => slack.createPerson({ teamId: SEED.team, name: `person${at}` })),
  );
  const ids = people.map(({ id }) => id);
  expect(await api('conversations.open', { users: ids.slice(1).join() })).toMatchObject({ ok: true });
  expect(await api('conversations.open', { users: ids.join() })).toMatchObject({ error: 'too_many_users' });
});

test('conversations.open needs im:write for a DM and mpim:write for a group', async () => {
  const { api } = await allowed(ALL.filter((scope) => !scope.endsWith('im:write')));
  const open = (users: string) => api('conversations.open', { users });
  expect(await open(REQUESTER)).toMatchObject({ error: 'missing_scope', needed: 'im:write' });
  expect(await open(`${REQUESTER},${reviewer}`)).toMatchObject({ needed: 'mpim:write' });
});

test('conversations.mark and close are checked', async () => {
  const { api } = await allowed();
  expect(await api('conversations.mark', { channel: GENERAL, ts: 'x' })).toMatchObject({
    error: 'invalid_timestamp',
  });
  expect(await api('conversations.mark', { channel: GENERAL, ts: '1503435956.000247' })).toEqual({
    ok: true,
  });
  expect(await api('conversations.close', { channel: DM })).toEqual({ ok: true });
});

test('§2 unlisted apps: history and replies once a minute, never more than 15 a page', async () => {
  const { api, slack } = await allowed();
  await slack.setRateLimits({ rules: { 'chat.postMessage': { channelBurst: 100 } } });
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'parent' });
  for (let at = 0; at < 20; at++) {
    await slack.post({ user: REQUESTER, channel: GENERAL, text: `${at}`, thread_ts: ts });
    await slack.post({ user: REQUESTER, channel: GENERAL, text: `${at}` });
  }
  const asked = { channel: GENERAL, limit: 100 };
  expect((await api('conversations.history', asked)).messages).toHaveLength(21);
  await slack.setApp({ distribution: 'unlisted' });
  await slack.resetRateLimits();
  await slack.freezeClock();
  const first = await api('conversations.history', asked);
  expect(first.messages).toHaveLength(15);
  expect(await api('conversations.history', asked)).toEqual({ ok: false, error: 'ratelimited' });
  const replies = await api('conversations.replies', { channel: GENERAL, ts });
  expect(replies.messages).toHaveLength(15);
  expect(await api('conversations.replies', { channel: GENERAL, ts })).toMatchObject({
    error: 'ratelimited',
  });
  expect(await api('conversations.info', { channel: GENERAL })).toMatchObject({ ok: true });
  await slack.advanceClock(60_000);
  const rest = await api('conversations.history', { ...asked, cursor: cursorOf(first) });
  expect(rest.messages).toHaveLength(6);
});

test("§2 internal and Marketplace apps keep their tier and Slack's page sizes", async () => {
  const { api, slack } = await allowed();
  for (const distribution of ['internal', 'marketplace'] as const) {
    await slack.setApp({ distribution });
    await slack.resetRateLimits();
    for (let at = 0; at < 50; at++) await api('conversations.history', { channel: GENERAL, limit: 999 });
    expect(await api('conversations.history', { channel: GENERAL })).toMatchObject({ error: 'ratelimited' });
  }
});

test("a person's token reads public channels that the person is not in, and no private ones", async () => {
  const { slack } = await scene();
  const { id: channel } = await slack.createChannel({ teamId: SEED.team, name: 'open', members: [operator] });
  const { id: hidden } = await slack.createChannel({
    teamId: SEED.team,
    name: 'hidden',
    kind: 'group',
    members: [operator],
  });
  const scopes = ['channels:history', 'groups:history'];
  const { token } = await slack.createToken({ kind: 'user', user: REQUESTER, scopes });
  const history = (id: string) => slack.api('conversations.history', token, { channel: id });
  expect(await history(channel)).toMatchObject({ ok: true });
  expect(await history(hidden)).toMatchObject({ error: 'channel_not_found' });
  expect(await history(PRIVATE)).toMatchObject({ ok: true });
});

test('§1.6 restricted_action_read_only_channel: only admins post there', async () => {
  const { api, slack } = await allowed();
  await slack.changeChannel({ channel: SEED.channels.announcements, postingRestricted: true });
  expect(await api('chat.postMessage', { channel: SEED.channels.announcements, text: 'x' })).toMatchObject({
    error: 'restricted_action_read_only_channel',
  });
  const info = await api('conversations.info', { channel: SEED.channels.announcements });
  expect(info).toMatchObject({ channel: { is_read_only: true } });
});
