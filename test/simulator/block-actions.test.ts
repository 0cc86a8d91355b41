import { expect, test } from 'vitest';
import type { Input } from '../../local/slack/interactions/read-input.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Scene, SEED, scene } from './support.ts';
import {
  actions,
  button,
  input,
  lastPayload,
  modal,
  openModal,
  option,
  plain,
  TEXT,
} from './view-support.ts';

const REVIEWER = SEED.people.reviewer;
const options = [option('a'), option('b'), option('c')];
const RICH = {
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'hi' }] }],
};

async function posted({ slack, api }: Scene, blocks: JsonObject[]): Promise<string> {
  await slack.setApp({ subscriptions: [] });
  const answer = await api('chat.postMessage', { channel: GENERAL, text: 'x', blocks });
  if (answer.ok !== true) throw new Error(JSON.stringify(answer));
  return String(answer.ts);
}

const CASES: [string, JsonObject, Input, JsonObject][] = [
  ['button', { value: 'v', style: 'danger' }, {}, { value: 'v', style: 'danger', text: { text: 'Go' } }],
  ['static_select', { options }, { selected_option: 'b' }, { selected_option: { value: 'b' } }],
  ['radio_buttons', { options }, { selected_option: 'a' }, { selected_option: { value: 'a' } }],
  ['overflow', { options }, { selected_option: 'c' }, { selected_option: { value: 'c' } }],
  [
    'checkboxes',
    { options },
    { selected_options: ['a', 'c'] },
    { selected_options: [{ value: 'a' }, { value: 'c' }] },
  ],
  ['users_select', {}, { selected_user: REVIEWER }, { selected_user: REVIEWER }],
  ['channels_select', {}, { selected_channel: GENERAL }, { selected_channel: GENERAL }],
  ['conversations_select', {}, { selected_conversation: GENERAL }, { selected_conversation: GENERAL }],
  ['datepicker', {}, { selected_date: '2026-02-03' }, { selected_date: '2026-02-03' }],
  ['timepicker', {}, { selected_time: '09:30' }, { selected_time: '09:30' }],
  ['datetimepicker', {}, { selected_date_time: 1_700_000_000 }, { selected_date_time: 1_700_000_000 }],
];

test.each(CASES)('§5 actions[] of a %s', async (type, more, given, expected) => {
  const setting = await scene();
  const element = type === 'button' ? button('act', more) : { type, action_id: 'act', ...more };
  const ts = await posted(setting, [actions('b', element)]);
  const record = await setting.slack.click({
    user: REQUESTER,
    channel: GENERAL,
    ts,
    action_id: 'act',
    ...given,
  });
  expect(record.state).toBe('acknowledged');
  const payload = lastPayload(setting, 'block_actions');
  expect(payload).toMatchObject({
    actions: [{ type, action_id: 'act', block_id: 'b', action_ts: expect.any(String), ...expected }],
  });
  const kept = (payload.state as { values: JsonObject }).values;
  if (['button', 'overflow'].includes(type)) expect(kept).toEqual({});
  else expect(kept).toMatchObject({ b: { act: { type, ...expected } } });
});

const SECTION_CASES: [string, JsonObject, Input, JsonObject][] = [
  ['multi_static_select', { options }, { selected_options: ['a'] }, { selected_options: [{ value: 'a' }] }],
  ['multi_users_select', {}, { selected_users: [REVIEWER] }, { selected_users: [REVIEWER] }],
  ['multi_channels_select', {}, { selected_channels: [GENERAL] }, { selected_channels: [GENERAL] }],
  [
    'multi_conversations_select',
    {},
    { selected_conversations: [GENERAL, REVIEWER] },
    { selected_conversations: [GENERAL, REVIEWER] },
  ],
];

test.each(SECTION_CASES)('§5 actions[] of a %s beside a section', async (type, more, given, expected) => {
  const setting = await scene();
  const accessory = { type, action_id: 'act', ...more };
  const ts = await posted(setting, [{ type: 'section', block_id: 'b', text: plain('x'), accessory }]);
  await setting.slack.click({ user: REQUESTER, channel: GENERAL, ts, action_id: 'act', ...given });
  expect(lastPayload(setting, 'block_actions')).toMatchObject({
    actions: [{ type, block_id: 'b', ...expected }],
    state: { values: { b: { act: { type, ...expected } } } },
  });
});

test.each<[string, JsonObject, Input, JsonObject]>([
  ['plain_text_input', {}, { value: 'words' }, { value: 'words' }],
  ['rich_text_input', {}, { rich_text_value: RICH }, { rich_text_value: RICH }],
  ['number_input', { is_decimal_allowed: true }, { value: '1.5' }, { value: '1.5' }],
  ['email_text_input', {}, { value: 'a@b.example' }, { value: 'a@b.example' }],
  ['url_text_input', {}, { value: 'https://a.example' }, { value: 'https://a.example' }],
  ['checkboxes', { options }, { selected_options: ['b'] }, { selected_options: [{ value: 'b' }] }],
])('§5 actions[] of a %s in a modal with dispatch_action', async (type, more, given, expected) => {
  const setting = await scene();
  const block = input('b', { type, action_id: 'act', ...more }, { dispatch_action: true });
  await openModal(setting, modal({ blocks: [block] }));
  await setting.slack.views.act({ user: REQUESTER, action_id: 'act', ...given });
  expect(lastPayload(setting, 'block_actions')).toMatchObject({
    actions: [{ type, ...expected }],
    view: { state: { values: { b: { act: { type, ...expected } } } } },
  });
});

test('§5 a click carries the values of all inputs of the message, of this person only', async () => {
  const setting = await scene();
  const { slack } = setting;
  const ts = await posted(setting, [
    input('why', TEXT),
    input('first', { ...TEXT, initial_value: 'given' }),
    actions('b', { type: 'datepicker', action_id: 'day' }, button('send')),
  ]);
  const at = { channel: GENERAL, ts };
  await slack.enter({ user: REQUESTER, ...at, action_id: 'value', block_id: 'why', value: 'because' });
  await slack.enter({ user: REVIEWER, ...at, action_id: 'value', block_id: 'why', value: 'secret' });
  expect(setting.received).toHaveLength(0);
  await slack.click({ user: REQUESTER, ...at, action_id: 'day', selected_date: '2026-01-02' });
  await slack.click({ user: REQUESTER, ...at, action_id: 'send' });
  expect(lastPayload(setting, 'block_actions').state).toEqual({
    values: {
      why: { value: { type: 'plain_text_input', value: 'because' } },
      first: { value: { type: 'plain_text_input', value: 'given' } },
      b: { day: { type: 'datepicker', selected_date: '2026-01-02' } },
    },
  });
});

test('§4 an input of a message without dispatch_action sends nothing by itself', async () => {
  const setting = await scene();
  const ts = await posted(setting, [input('why', TEXT)]);
  const click = setting.slack.click({
    user: REQUESTER,
    channel: GENERAL,
    ts,
    action_id: 'value',
    value: 'x',
  });
  await expect(click).rejects.toThrow('without dispatch_action');
});

test.each<[string, JsonObject, Input, string]>([
  ['another member', { type: 'datepicker' }, { selected_time: '10:00' }, 'a datepicker takes selected_date'],
  ['a date of another form', { type: 'datepicker' }, { selected_date: '3.2.2026' }, 'YYYY-MM-DD'],
  ['a time of another form', { type: 'timepicker' }, { selected_time: '24:00' }, 'HH:mm'],
  [
    'a moment in milliseconds',
    { type: 'datetimepicker' },
    { selected_date_time: 1_700_000_000_000 },
    'ten digits',
  ],
  [
    'an option that is not offered',
    { type: 'static_select', options },
    { selected_option: 'z' },
    'no option z',
  ],
  ['nobody', { type: 'users_select' }, { selected_user: 'U0NOBODY' }, 'no person U0NOBODY'],
  [
    'a private channel',
    { type: 'channels_select' },
    { selected_channel: SEED.channels.private },
    'no public',
  ],
  ['a value for a button', button('act'), { value: 'x' }, 'takes no value'],
])('§5 what a person cannot choose: %s', async (_name, element, given, error) => {
  const setting = await scene();
  const ts = await posted(setting, [actions('b', { action_id: 'act', ...element })]);
  await expect(
    setting.slack.click({ user: REQUESTER, channel: GENERAL, ts, action_id: 'act', ...given }),
  ).rejects.toThrow(error);
  expect(setting.received).toHaveLength(0);
});

test('§3.2 no more than max_selected_items can be chosen', async () => {
  const setting = await scene();
  const accessory = { type: 'multi_static_select', action_id: 'act', options, max_selected_items: 2 };
  const ts = await posted(setting, [{ type: 'section', text: plain('x'), accessory }]);
  const choose = (selected_options: string[]) =>
    setting.slack.click({ user: REQUESTER, channel: GENERAL, ts, action_id: 'act', selected_options });
  expect(await choose(['a', 'b'])).toMatchObject({ state: 'acknowledged' });
  await expect(choose(['a', 'b', 'c'])).rejects.toThrow('no more than 2');
});

const feedback = {
  type: 'context_actions',
  block_id: 'f',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'rate',
      positive_button: { text: plain('Good'), value: 'up' },
      negative_button: { text: plain('Bad'), value: 'down' },
    },
    {
      type: 'icon_button',
      action_id: 'trash',
      icon: 'trash',
      text: plain('Remove'),
      value: 't',
      visible_to_user_ids: [REQUESTER],
    },
  ],
};

test.each([
  ['positive', 'up', 'Good'],
  ['negative', 'down', 'Bad'],
] as const)('§5 feedback_buttons: %s', async (choice, value, text) => {
  const setting = await scene();
  const ts = await posted(setting, [feedback]);
  await setting.slack.click({ user: REQUESTER, channel: GENERAL, ts, action_id: 'rate', choice });
  expect(lastPayload(setting, 'block_actions').actions).toEqual([
    expect.objectContaining({ type: 'feedback_buttons', value, text: expect.objectContaining({ text }) }),
  ]);
});

test('§3.2 icon_button is for visible_to_user_ids only', async () => {
  const setting = await scene();
  const ts = await posted(setting, [feedback]);
  const press = (user: string) =>
    setting.slack.click({ user, channel: GENERAL, ts, action_id: 'trash', block_id: 'f' });
  await expect(press(REVIEWER)).rejects.toThrow('shown to other people');
  await press(REQUESTER);
  expect(lastPayload(setting, 'block_actions')).toMatchObject({
    actions: [{ type: 'icon_button', icon: 'trash', value: 't', text: { text: 'Remove' } }],
  });
});
