import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Scene, SEED, scene } from './support.ts';
import {
  answering,
  home,
  input,
  lastPayload,
  messageTrigger,
  modal,
  openModal,
  option,
  plain,
  pushModal,
  TEXT,
} from './view-support.ts';

const WHAT = { what: { value: { value: 'a table' } } };
const send = ({ slack }: Scene, values = WHAT) => slack.views.submit({ user: REQUESTER, values });

test('§5 view_submission carries the view with what was entered, a trigger and no channel', async () => {
  const setting = await scene();
  const { id, hash } = await openModal(setting, modal({ private_metadata: 'm' }));
  const sent = await send(setting);
  expect(sent).toMatchObject({
    outcome: 'closed',
    delivery: { type: 'view_submission', state: 'acknowledged' },
  });
  const payload = lastPayload(setting, 'view_submission');
  expect(payload).toMatchObject({
    team: { id: SEED.team, domain: 'sluice-local' },
    user: { id: REQUESTER, username: 'requester', name: 'requester', team_id: SEED.team },
    api_app_id: SEED.app,
    token: 'sluice-verification-token',
    trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]+$/),
    view: {
      id,
      hash,
      callback_id: 'request',
      private_metadata: 'm',
      state: { values: { what: { value: { type: 'plain_text_input', value: 'a table' } } } },
    },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  });
  expect(payload).not.toHaveProperty('channel');
});

test('§5 view_submission of a person of another organisation names their workspace, and in the view the one of the app', async () => {
  const setting = await scene();
  const user = SEED.people.partner;
  const trigger_id = await messageTrigger(setting, user, SEED.channels.shared);
  const opened = await setting.api('views.open', { trigger_id, view: modal({ notify_on_close: true }) });
  expect(opened).toMatchObject({ ok: true, view: { app_installed_team_id: SEED.team } });
  await setting.slack.views.submit({ user, values: WHAT });
  expect(lastPayload(setting, 'view_submission')).toMatchObject({
    team: { id: SEED.partnerTeam, domain: 'partner-local' },
    user: { id: user, team_id: SEED.partnerTeam },
    view: { app_installed_team_id: SEED.team },
  });
});

test('§4 an empty answer closes the view, and shows the one below', async () => {
  const setting = await scene();
  await openModal(setting);
  await pushModal(setting, modal({ callback_id: 'two' }));
  const { views } = await send(setting);
  expect(views.modals.map(({ view }) => view.callback_id)).toEqual(['request']);
});

test('§4 response_action clear closes all views', async () => {
  const setting = await scene();
  await openModal(setting);
  await pushModal(setting);
  setting.reply(answering({ response_action: 'clear' }));
  expect(await send(setting)).toMatchObject({ outcome: 'cleared', views: { modals: [] } });
});

test('§4 response_action update and push show another view', async () => {
  const setting = await scene();
  const { id } = await openModal(setting);
  setting.reply(answering({ response_action: 'update', view: modal({ title: plain('Two') }) }));
  expect(await send(setting)).toMatchObject({
    outcome: 'updated',
    views: { modals: [{ view: { id, title: { text: 'Two' } } }] },
  });
  setting.reply(answering({ response_action: 'push', view: modal({ title: plain('Three') }) }));
  expect(await send(setting)).toMatchObject({
    outcome: 'pushed',
    views: { modals: [{}, { view: { title: { text: 'Three' }, previous_view_id: id, root_view_id: id } }] },
  });
});

test('§4 response_action errors shows them at their fields and keeps what was entered', async () => {
  const setting = await scene();
  await openModal(setting);
  setting.reply(answering({ response_action: 'errors', errors: { what: 'No such table' } }));
  const sent = await send(setting);
  expect(sent).toMatchObject({ outcome: 'errors', errors: { what: 'No such table' } });
  const shown = await setting.slack.views.waitFor({ hasError: true, textIncludes: 'No such table' });
  expect(shown).toMatchObject({
    errors: { what: 'No such table' },
    failure: null,
    view: { state: { values: { what: { value: { value: 'a table' } } } } },
  });
  setting.reply(() => ({ status: 200 }));
  expect(await send(setting)).toMatchObject({ outcome: 'closed' });
});

test.each<[string, unknown, string]>([
  ['a body that is no JSON', 'ok', 'the body must be empty'],
  ['an empty object', {}, 'response_action must be one of'],
  ['an unknown response_action', { response_action: 'close' }, 'response_action must be one of'],
  ['errors for a block without input', { response_action: 'errors', errors: { more: 'x' } }, 'names more'],
  ['errors without any', { response_action: 'errors', errors: {} }, 'needs errors'],
  ['update without a view', { response_action: 'update' }, 'needs a view'],
  ['update with a bad view', { response_action: 'update', view: { type: 'modal' } }, 'the view is refused'],
  ['push of a home', { response_action: 'push', view: home() }, 'the view is refused'],
])('§4 an answer that Slack cannot use: %s', async (_name, body, reason) => {
  const setting = await scene();
  await openModal(setting);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  setting.reply(() => ({ status: 200, body: text }));
  const sent = await send(setting);
  expect(sent).toMatchObject({ outcome: 'failed', reason: expect.stringContaining(reason) });
  expect(sent.views.modals).toMatchObject([{ failure: 'We had some trouble connecting. Try again?' }]);
});

test('§4 a push onto three views cannot be used', async () => {
  const setting = await scene();
  await openModal(setting);
  await pushModal(setting);
  await pushModal(setting);
  setting.reply(answering({ response_action: 'push', view: modal() }));
  expect(await send(setting)).toMatchObject({ outcome: 'failed', reason: 'push_limit_reached' });
});

test('§5 an app that is late, broken or answers badly: the person sees trouble, and it is never retried', async () => {
  const setting = await scene({ ackTimeoutMs: 150, retryScale: 0 });
  await openModal(setting);
  for (const [reply, reason] of [
    ['never', 'http_timeout'],
    ['reset', 'connection_failed'],
    [{ status: 500 }, 'http_error'],
    [{ status: 201 }, 'the answer has status 201; it must be 200'],
  ] as const) {
    setting.reply(() => reply);
    const before = setting.received.length;
    expect(await send(setting)).toMatchObject({ outcome: 'failed', reason });
    expect(setting.received.length - before).toBe(1);
  }
});

test('§4 while the app has not answered the view can be neither sent nor closed', async () => {
  const setting = await scene();
  await openModal(setting);
  await setting.slack.faultDelivery({ event: 'view_submission', effect: 'delay', delayMs: 200, times: 1 });
  const sending = send(setting);
  await setting.slack.waitForDelivery({ type: 'view_submission', state: 'pending' });
  await expect(setting.slack.views.close({ user: REQUESTER })).rejects.toThrow('has not answered');
  expect(await sending).toMatchObject({ outcome: 'closed' });
});

const number = (more: JsonObject = {}) => ({ type: 'number_input', is_decimal_allowed: false, ...more });

test.each<[string, JsonObject, JsonObject, string | null]>([
  ['a required text that is empty', TEXT, { value: '' }, 'fill in'],
  ['a required text of blanks', TEXT, { value: '  ' }, 'fill in'],
  ['a required text', TEXT, { value: 'x' }, null],
  ['a text at its shortest', { ...TEXT, min_length: 3 }, { value: 'abc' }, null],
  ['a text below its shortest', { ...TEXT, min_length: 3 }, { value: 'ab' }, 'at least 3'],
  ['a text at its longest', { ...TEXT, max_length: 3 }, { value: 'abc' }, null],
  ['a text beyond its longest', { ...TEXT, max_length: 3 }, { value: 'abcd' }, 'no more than 3'],
  ['a whole number', number(), { value: '42' }, null],
  ['no number', number(), { value: '4x' }, 'whole number'],
  ['a decimal where none is allowed', number(), { value: '4.5' }, 'whole number'],
  ['a decimal where it is allowed', number({ is_decimal_allowed: true }), { value: '-4.5' }, null],
  ['a number at its least', number({ min_value: '5' }), { value: '5' }, null],
  ['a number below its least', number({ min_value: '5' }), { value: '4' }, '5 or more'],
  ['a number beyond its most', number({ max_value: '5' }), { value: '6' }, '5 or less'],
  ['an e-mail address', { type: 'email_text_input' }, { value: 'a@b.example' }, null],
  ['no e-mail address', { type: 'email_text_input' }, { value: 'a@b' }, 'e-mail'],
  ['a URL', { type: 'url_text_input' }, { value: 'https://x.example/y' }, null],
  ['no URL', { type: 'url_text_input' }, { value: 'x.example' }, 'URL'],
  ['a date that is not chosen', { type: 'datepicker' }, { selected_date: null }, 'fill in'],
  ['no boxes', { type: 'checkboxes', options: [option('a')] }, { selected_options: [] }, 'fill in'],
  ['a box', { type: 'checkboxes', options: [option('a')] }, { selected_options: ['a'] }, null],
])('§3.2 Slack checks before it sends: %s', async (_name, element, value, error) => {
  const setting = await scene();
  await openModal(setting, modal({ blocks: [input('field', element)] }));
  const before = setting.received.length;
  const sent = await setting.slack.views.submit({ user: REQUESTER, values: { field: { value } } });
  if (error === null) expect(sent).toMatchObject({ outcome: 'closed', errors: {} });
  else {
    expect(sent).toMatchObject({
      outcome: 'incomplete',
      errors: { field: expect.stringContaining(error) },
      delivery: null,
    });
    expect(setting.received).toHaveLength(before);
  }
});

test('§3.1 an optional input may stay empty, but not be wrong', async () => {
  const setting = await scene();
  const field = input('field', { type: 'email_text_input' }, { optional: true });
  await openModal(setting, modal({ blocks: [field] }));
  const submit = (value: string | null) =>
    setting.slack.views.submit({ user: REQUESTER, values: { field: { value: { value } } } });
  expect(await submit('wrong')).toMatchObject({ outcome: 'incomplete' });
  expect(await submit(null)).toMatchObject({ outcome: 'closed' });
});

test('§5 response_urls: one for each conversation chosen where response_url_enabled', async () => {
  const setting = await scene();
  const where = { type: 'conversations_select', response_url_enabled: true };
  const blocks = [input('where', where), input('other', { type: 'channels_select' }, { optional: true })];
  await openModal(setting, modal({ blocks }));
  await setting.slack.views.submit({
    user: REQUESTER,
    values: { where: { value: { selected_conversation: GENERAL } } },
  });
  const { response_urls: urls } = lastPayload(setting, 'view_submission');
  expect(urls).toEqual([
    {
      block_id: 'where',
      action_id: 'value',
      channel_id: GENERAL,
      response_url: expect.stringContaining(`${setting.slack.url}/app/${SEED.team}/`),
    },
  ]);
  const [first] = urls as { response_url: string }[];
  const body = JSON.stringify({ response_type: 'in_channel', text: 'from the form' });
  expect((await fetch(first?.response_url ?? '', { method: 'POST', body })).status).toBe(200);
  await setting.slack.waitForMessage({ channel: GENERAL, textIncludes: 'from the form' });
});

test('§3.2 default_to_current_conversation: where the modal was opened from', async () => {
  const setting = await scene();
  const where = { type: 'conversations_select', default_to_current_conversation: true };
  await openModal(setting, modal({ blocks: [input('where', where)] }));
  await setting.slack.views.submit({ user: REQUESTER });
  expect(lastPayload(setting, 'view_submission')).toMatchObject({
    view: { state: { values: { where: { value: { selected_conversation: GENERAL } } } } },
  });
});

test('§4 a modal without a submit button cannot be sent', async () => {
  const setting = await scene();
  const section = { type: 'section', text: plain('Only words') };
  const { submit: _submit, ...silent } = modal({ blocks: [section] });
  await openModal(setting, silent);
  await expect(setting.slack.views.submit({ user: REQUESTER })).rejects.toThrow('no submit button');
});

test('§3.2 file_input: uploaded files go along whole, of the allowed types, and the app may read them then', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const upload = (...names: string[]) =>
    slack.views.upload(
      REQUESTER,
      names.map((name) => ({ name, content: 'a,b' })),
    );
  const element = { type: 'file_input', filetypes: ['csv'], max_files: 1 };
  await openModal(setting, modal({ blocks: [input('file', element)] }));
  const submit = (files: string[]) =>
    slack.views.submit({ user: REQUESTER, values: { file: { value: { files } } } });
  const [table = '', picture = ''] = await upload('t.csv', 'p.png');
  await expect(submit([picture])).rejects.toThrow('only these files can be chosen: csv');
  await expect(submit(['F0NOTHING'])).rejects.toThrow('no file F0NOTHING');
  await expect(submit([table, table])).rejects.toThrow('no more than 1');
  expect(await api('files.info', { file: table })).toMatchObject({ error: 'file_not_found' });
  expect(await submit([table])).toMatchObject({ outcome: 'closed' });
  expect(lastPayload(setting, 'view_submission')).toMatchObject({
    view: {
      state: { values: { file: { value: { type: 'file_input', files: [{ id: table, name: 't.csv' }] } } } },
    },
  });
  expect(await api('files.info', { file: table })).toMatchObject({ ok: true, file: { id: table } });
});
