import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Scene, SEED, scene } from './support.ts';
import { actions, answering, input, lastPayload, modal, openModal, option, plain } from './view-support.ts';

const SELECT = { type: 'external_select', action_id: 'es' };
const ask = { user: REQUESTER, action_id: 'es', channel: GENERAL };
const many = (count: number) => Array.from({ length: count }, (_, at) => option(`o${at}`));

async function select(setting: Scene, element: JsonObject = SELECT): Promise<string> {
  const { slack, api, appUrl } = setting;
  await slack.setApp({ subscriptions: [], optionsUrl: `${appUrl}/options` });
  const blocks = [actions('b', element)];
  return String((await api('chat.postMessage', { channel: GENERAL, text: 'x', blocks })).ts);
}

test('§5 block_suggestion goes to the options URL, signed; its options can be chosen then', async () => {
  const setting = await scene();
  const { slack } = setting;
  const ts = await select(setting);
  const choose = () =>
    slack.click({ user: REQUESTER, channel: GENERAL, ts, action_id: 'es', selected_option: 'berlin' });
  await expect(choose()).rejects.toThrow('no option berlin');
  setting.reply(answering({ options: [option('berlin'), option('bern')] }));
  const suggested = await slack.suggest({ ...ask, ts, value: 'ber' });
  expect(suggested).toMatchObject({ options: [{ value: 'berlin' }, { value: 'bern' }], error: null });
  expect(setting.received[0]).toMatchObject({
    path: '/options',
    headers: { 'x-slack-signature': expect.stringMatching(/^v0=/) },
  });
  expect(lastPayload(setting, 'block_suggestion')).toMatchObject({
    user: { id: REQUESTER },
    api_app_id: SEED.app,
    token: 'sluice-verification-token',
    container: { type: 'message', message_ts: ts, channel_id: GENERAL },
    action_id: 'es',
    block_id: 'b',
    value: 'ber',
    team: { id: SEED.team },
    channel: { id: GENERAL },
    message: { ts },
  });
  await choose();
  expect(lastPayload(setting, 'block_actions')).toMatchObject({
    actions: [{ type: 'external_select', selected_option: { value: 'berlin', text: { text: 'BERLIN' } } }],
  });
});

test('§5 block_suggestion from a modal carries the view', async () => {
  const setting = await scene();
  await setting.slack.setApp({ optionsUrl: `${setting.appUrl}/options` });
  const { id } = await openModal(
    setting,
    modal({ blocks: [input('where', { type: 'multi_external_select', action_id: 'es' })] }),
  );
  setting.reply(
    answering({ option_groups: [{ label: plain('Europe'), options: [option('berlin'), option('bern')] }] }),
  );
  const suggested = await setting.slack.suggest({
    user: REQUESTER,
    action_id: 'es',
    view_id: String(id),
    value: 'ber',
  });
  expect(suggested).toMatchObject({ option_groups: [{ label: { text: 'Europe' } }], error: null });
  expect(lastPayload(setting, 'block_suggestion')).toMatchObject({
    container: { type: 'view', view_id: id },
    view: { id },
  });
  setting.reply(() => ({ status: 200 }));
  const values = { where: { es: { selected_options: ['bern'] } } };
  await setting.slack.views.submit({ user: REQUESTER, values });
  expect(lastPayload(setting, 'view_submission')).toMatchObject({
    view: { state: { values: { where: { es: { selected_options: [{ value: 'bern' }] } } } } },
  });
});

test('§3.2 min_query_length: nothing is asked below it; the default is 3', async () => {
  const setting = await scene();
  setting.reply(answering({ options: [] }));
  const ts = await select(setting);
  expect(await setting.slack.suggest({ ...ask, ts, value: 'be' })).toEqual({
    options: [],
    error: null,
    delivery: null,
  });
  const eager = await select(setting, { ...SELECT, min_query_length: 0 });
  expect(await setting.slack.suggest({ ...ask, ts: eager, value: '' })).toMatchObject({
    delivery: { state: 'acknowledged' },
  });
});

test.each<[string, JsonObject, string | null]>([
  ['100 options', { options: many(100) }, null],
  ['101 options', { options: many(101) }, 'no more than 100'],
  ['neither options nor groups', {}, 'refused'],
  ['both', { options: many(1), option_groups: [{ label: plain('x'), options: many(1) }] }, 'refused'],
  ['an option text of 75', { options: [{ text: plain('x'.repeat(75)), value: 'v' }] }, null],
  ['an option text of 76', { options: [{ text: plain('x'.repeat(76)), value: 'v' }] }, 'less than 76'],
])('§5 the answer to block_suggestion: %s', async (_name, body, error) => {
  const setting = await scene();
  const ts = await select(setting);
  setting.reply(answering(body));
  const suggested = await setting.slack.suggest({ ...ask, ts, value: 'xyz' });
  if (error === null) expect(suggested.error).toBeNull();
  else expect(suggested).toMatchObject({ options: [], error: expect.stringContaining(error) });
});

test('§5 block_suggestion is answered within 3 s, never asked again', async () => {
  const setting = await scene({ ackTimeoutMs: 100, retryScale: 0 });
  const ts = await select(setting);
  setting.reply(() => 'never');
  expect(await setting.slack.suggest({ ...ask, ts, value: 'xyz' })).toMatchObject({
    options: [],
    error: 'the app did not answer in time',
  });
  expect(setting.received).toHaveLength(1);
});

test('§5 without an options URL, and for selects with options of their own', async () => {
  const setting = await scene();
  const ts = await select(setting);
  await setting.slack.setApp({ optionsUrl: null });
  expect(await setting.slack.suggest({ ...ask, ts, value: 'xyz' })).toMatchObject({
    error: 'the app has no URL for options',
  });
  const own = await select(setting, { type: 'static_select', action_id: 'es', options: many(1) });
  await expect(setting.slack.suggest({ ...ask, ts: own, value: 'xyz' })).rejects.toThrow('own options');
});
