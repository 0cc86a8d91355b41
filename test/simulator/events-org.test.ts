import { expect, test } from 'vitest';
import { envelopes, taken } from './event-support.ts';
import { SEED, scene } from './support.ts';
import { actions, button, lastPayload } from './view-support.ts';

/** An organisation of two workspaces with the seeded app installed for all of it, and a channel in the first. */
async function orgScene() {
  const setting = await scene();
  const { slack } = setting;
  const enterprise = await slack.createEnterprise({ name: 'Big' });
  const [first, second] = [
    await slack.createWorkspace({ name: 'First', enterpriseId: enterprise.id }),
    await slack.createWorkspace({ name: 'Second', enterpriseId: enterprise.id }),
  ];
  const person = await slack.createPerson({ teamId: first.id, name: 'worker' });
  await slack.setApp({ orgDeploy: true, subscriptions: ['message.channels', 'app_mention'] });
  const { botUserId, botToken } = await slack.install({ app: SEED.app, enterpriseId: enterprise.id });
  const members = [person.id, botUserId];
  const channel = await slack.createChannel({ teamId: first.id, name: 'org', members });
  return { ...setting, enterprise, first, second, person, channel, botUserId, botToken };
}

test('§6 an org-wide install hears of a message once, with its organisation in the envelope', async () => {
  const setting = await orgScene();
  const { slack, enterprise, first, person, channel, botUserId } = setting;
  await slack.post({ user: person.id, channel: channel.id, text: `<@${botUserId}> hello` });
  await taken(setting, 2);
  const all = envelopes(setting);
  expect(all.map(({ event }) => event.type).sort()).toEqual(['app_mention', 'message']);
  for (const envelope of all) {
    expect(envelope).toMatchObject({
      team_id: first.id,
      context_team_id: first.id,
      enterprise_id: enterprise.id,
      context_enterprise_id: enterprise.id,
      is_ext_shared_channel: false,
      authorizations: [
        {
          enterprise_id: enterprise.id,
          team_id: first.id,
          user_id: botUserId,
          is_bot: true,
          is_enterprise_install: true,
        },
      ],
    });
  }
});

test('§5 an interaction in an organisation names it', async () => {
  const setting = await orgScene();
  const { slack, enterprise, first, person, channel, botToken } = setting;
  await slack.setApp({ subscriptions: [] });
  const blocks = [actions('b', button('go'))];
  const { ts } = await slack.api('chat.postMessage', botToken, { channel: channel.id, text: 'x', blocks });
  await slack.click({ user: person.id, channel: channel.id, ts: String(ts), action_id: 'go' });
  expect(lastPayload(setting, 'block_actions')).toMatchObject({
    team: { id: first.id, enterprise_id: enterprise.id, enterprise_name: 'Big' },
    enterprise: { id: enterprise.id, name: 'Big' },
    is_enterprise_install: true,
  });
});
