import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, SEED, scene } from './support.ts';

test('reactions.add and remove: errors, and events for both', async () => {
  const { api, slack } = await scene();
  await slack.setApp({ subscriptions: ['reaction_added', 'reaction_removed'] });
  await slack.setInstallation({ scopes: ['reactions:write', 'reactions:read', 'channels:read'] });
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'x' });
  const call = (method: string, more: Record<string, string> = {}) =>
    api(`reactions.${method}`, { channel: GENERAL, timestamp: ts, name: 'eyes', ...more });
  expect(await call('add', { name: 'Not a name' })).toMatchObject({ error: 'invalid_name' });
  expect(await call('add', { timestamp: '1.000001' })).toMatchObject({ error: 'message_not_found' });
  expect(await call('remove')).toMatchObject({ error: 'no_reaction' });
  expect(await call('add')).toEqual({ ok: true });
  expect(await call('add')).toMatchObject({ error: 'already_reacted' });
  expect(await call('remove')).toEqual({ ok: true });
  for (const type of ['reaction_added', 'reaction_removed']) {
    const { payload } = await slack.waitForDelivery({ type });
    expect(payload).toMatchObject({ event: { reaction: 'eyes', user: SEED.botUser, item: { ts } } });
  }
});

test('reactions.get and list: who reacted, and what a user reacted to', async () => {
  const { api, slack } = await scene();
  await slack.setInstallation({ scopes: ['reactions:write', 'reactions:read'] });
  const posts = [];
  for (const text of ['1', '2', '3']) {
    const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text });
    await api('reactions.add', { channel: GENERAL, timestamp: ts, name: 'eyes' });
    posts.push(ts);
  }
  const one = await api('reactions.get', { channel: GENERAL, timestamp: posts[0] ?? '' });
  expect(one).toMatchObject({
    type: 'message',
    channel: GENERAL,
    message: { reactions: [{ name: 'eyes', users: [SEED.botUser], count: 1 }] },
  });
  const texts = ({ items }: JsonObject) =>
    (items as { message: { text: string } }[]).map((item) => item.message.text);
  const page = await api('reactions.list', { limit: 2 });
  expect(texts(page)).toEqual(['3', '2']);
  const { next_cursor: cursor } = page.response_metadata as { next_cursor: string };
  expect(texts(await api('reactions.list', { limit: 2, cursor }))).toEqual(['1']);
  expect(texts(await api('reactions.list', { user: REQUESTER }))).toEqual([]);
  expect(await api('reactions.list', { user: 'U404' })).toMatchObject({ error: 'user_not_found' });
});
