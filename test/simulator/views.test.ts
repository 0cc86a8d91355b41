import { expect, test } from 'vitest';
import { messagesOf, REQUESTER, SEED, scene } from './support.ts';
import {
  actions,
  button,
  home,
  input,
  lastPayload,
  messageTrigger,
  modal,
  modalTrigger,
  openModal,
  plain,
  pushModal,
  TEXT,
} from './view-support.ts';

const REVIEWER = SEED.people.reviewer;

test('§4 views.open answers with the whole view and shows it to the person of the trigger', async () => {
  const setting = await scene();
  const view = await openModal(setting, modal({ private_metadata: 'm', external_id: 'e' }));
  expect(view).toMatchObject({
    id: expect.stringMatching(/^V[A-Z0-9]+$/),
    team_id: SEED.team,
    type: 'modal',
    title: { type: 'plain_text', text: 'New request', emoji: true },
    submit: { text: 'Send' },
    close: { text: 'Cancel' },
    private_metadata: 'm',
    callback_id: 'request',
    external_id: 'e',
    state: { values: {} },
    hash: expect.stringMatching(/^\d+\.\w+$/),
    clear_on_close: false,
    notify_on_close: false,
    root_view_id: view.id,
    previous_view_id: null,
    app_id: SEED.app,
    bot_id: SEED.bot,
    app_installed_team_id: SEED.team,
  });
  const shown = await setting.slack.views.waitFor({ user: REQUESTER, callback_id: 'request' });
  expect(shown.view.id).toBe(view.id);
  expect((await setting.slack.views.of(REVIEWER)).modals).toEqual([]);
});

test('§4 a trigger works once', async () => {
  const setting = await scene();
  const trigger_id = await messageTrigger(setting);
  expect(await setting.api('views.open', { trigger_id, view: modal() })).toMatchObject({ ok: true });
  expect(await setting.api('views.open', { trigger_id, view: modal() })).toMatchObject({
    ok: false,
    error: 'exchanged_trigger_id',
  });
});

test('§4 a trigger works for three seconds', async () => {
  const setting = await scene();
  await setting.slack.freezeClock();
  const early = await messageTrigger(setting);
  await setting.slack.advanceClock(3_000);
  expect(await setting.api('views.open', { trigger_id: early, view: modal() })).toMatchObject({ ok: true });
  const late = await messageTrigger(setting);
  await setting.slack.advanceClock(3_001);
  expect(await setting.api('views.open', { trigger_id: late, view: modal() })).toMatchObject({
    error: 'expired_trigger_id',
  });
});

test('§4 a trigger belongs to its app, and interactivity_pointer is another name for it', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const other = await slack.createApp({ name: 'other', signingSecret: 's' });
  const { botToken } = await slack.install({ app: other.id, teamId: SEED.team });
  const trigger_id = await messageTrigger(setting);
  expect(await slack.api('views.open', botToken, { trigger_id, view: modal() })).toMatchObject({
    error: 'invalid_trigger_id',
  });
  expect(await api('views.open', { interactivity_pointer: trigger_id, view: modal() })).toMatchObject({
    ok: true,
  });
  expect(await api('views.open', { trigger_id: 'nonsense', view: modal() })).toMatchObject({
    error: 'invalid_trigger_id',
  });
  expect(messagesOf(await api('views.open', { view: modal() }))).toEqual([
    '[ERROR] missing required field: trigger_id',
  ]);
});

test('§4 a view that is refused is refused as a whole, and the trigger still works', async () => {
  const setting = await scene();
  const trigger_id = await messageTrigger(setting);
  const bad = await setting.api('views.open', { trigger_id, view: modal({ title: plain('x'.repeat(25)) }) });
  expect(bad).toMatchObject({ ok: false, error: 'invalid_arguments' });
  expect(messagesOf(bad).join()).toContain('[json-pointer:/view/title/text]');
  expect(await setting.api('views.open', { trigger_id, view: home() })).toMatchObject({
    error: 'invalid_arguments',
  });
  const { submit: _submit, ...mute } = modal();
  expect(await setting.api('views.open', { trigger_id, view: mute })).toMatchObject({
    error: 'invalid_arguments',
  });
  expect(await setting.api('views.open', { trigger_id, view: modal() })).toMatchObject({ ok: true });
});

test('§3 a view has at most 250 KB', async () => {
  const setting = await scene();
  const section = { type: 'section', fields: Array(10).fill({ type: 'mrkdwn', text: 'x'.repeat(2000) }) };
  const view = modal({ blocks: Array(14).fill(section) });
  expect(await setting.api('views.open', { trigger_id: 'any', view })).toMatchObject({
    error: 'view_too_large',
  });
});

test('§4 views.push stacks up to three views; the fourth is push_limit_reached', async () => {
  const setting = await scene();
  const first = await openModal(setting);
  const second = (await pushModal(setting, modal({ callback_id: 'two' }))).view as typeof first;
  expect(second).toMatchObject({ root_view_id: first.id, previous_view_id: first.id });
  const third = (await pushModal(setting, modal({ callback_id: 'three' }))).view as typeof first;
  expect(third).toMatchObject({ root_view_id: first.id, previous_view_id: second.id });
  expect(await pushModal(setting)).toMatchObject({ ok: false, error: 'push_limit_reached' });
  const { modals } = await setting.slack.views.of(REQUESTER);
  expect(modals.map(({ view }) => view.callback_id)).toEqual(['request', 'two', 'three']);
});

test('§4 views.push needs a trigger from inside the open modal', async () => {
  const setting = await scene();
  await openModal(setting);
  const outside = await messageTrigger(setting);
  expect(await setting.api('views.push', { trigger_id: outside, view: modal() })).toMatchObject({
    error: 'invalid_trigger_id',
  });
  const inside = await modalTrigger(setting);
  await setting.slack.views.close({ user: REQUESTER });
  expect(await setting.api('views.push', { trigger_id: inside, view: modal() })).toMatchObject({
    error: 'not_found',
  });
});

test('§4 views.update replaces a view by id or external_id and changes its hash', async () => {
  const setting = await scene();
  const { id, hash } = await openModal(setting, modal({ external_id: 'ext' }));
  const updated = await setting.api('views.update', {
    view_id: String(id),
    view: modal({ title: plain('Second'), external_id: 'ext' }),
  });
  expect(updated).toMatchObject({ ok: true, view: { id, title: { text: 'Second' } } });
  expect((updated.view as { hash: string }).hash).not.toBe(hash);
  expect(
    await setting.api('views.update', { external_id: 'ext', view: modal({ title: plain('Third') }) }),
  ).toMatchObject({ ok: true, view: { id } });
  const shown = await setting.slack.views.waitFor({ user: REQUESTER, titleIncludes: 'Third' });
  expect(shown.view.id).toBe(id);
});

test('§4 views.update with a hash that is not the last one is hash_conflict', async () => {
  const setting = await scene();
  const { id, hash } = await openModal(setting);
  const update = (given: string) =>
    setting.api('views.update', { view_id: String(id), hash: given, view: modal() });
  const first = await update(String(hash));
  expect(first).toMatchObject({ ok: true });
  expect(await update(String(hash))).toMatchObject({ ok: false, error: 'hash_conflict' });
  expect(await update((first.view as { hash: string }).hash)).toMatchObject({ ok: true });
});

test('§4 views.update: what is not there, closed or of another app is not_found', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const { id } = await openModal(setting);
  const other = await slack.createApp({ name: 'other', signingSecret: 's' });
  const { botToken } = await slack.install({ app: other.id, teamId: SEED.team });
  const given = { view_id: String(id), view: modal() };
  expect(await slack.api('views.update', botToken, given)).toMatchObject({ error: 'not_found' });
  expect(await api('views.update', { external_id: 'none', view: modal() })).toMatchObject({
    error: 'not_found',
  });
  expect(await api('views.update', { view: modal() })).toMatchObject({ error: 'invalid_arguments' });
  await slack.views.close({ user: REQUESTER });
  expect(await api('views.update', given)).toMatchObject({ error: 'not_found' });
});

test('§4 external_id is unique in a workspace while its view is open', async () => {
  const setting = await scene();
  const first = await openModal(setting, modal({ external_id: 'same' }));
  const twin = modal({ external_id: 'same' });
  expect(await pushModal(setting, twin)).toMatchObject({ error: 'duplicate_external_id' });
  expect(await setting.api('views.update', { view_id: String(first.id), view: twin })).toMatchObject({
    ok: true,
  });
  await setting.slack.views.close({ user: REQUESTER });
  await openModal(setting, twin);
});

test('§4 an update keeps what was entered where block, action and type stay the same', async () => {
  const setting = await scene();
  const { slack } = setting;
  const { id } = await openModal(setting, modal({ blocks: [input('what', TEXT), input('when', TEXT)] }));
  const values = { what: { value: { value: 'a table' } }, when: { value: { value: 'today' } } };
  await slack.views.enter({ user: REQUESTER, values });
  await setting.api('views.update', {
    view_id: String(id),
    view: modal({ blocks: [input('what', TEXT), input('when', { type: 'datepicker' })] }),
  });
  const { view } = await slack.views.waitFor({ user: REQUESTER });
  expect(view.state).toEqual({
    values: {
      what: { value: { type: 'plain_text_input', value: 'a table' } },
      when: { value: { type: 'datepicker', selected_date: null } },
    },
  });
});

test('§4 block_actions from a modal carry view and hash instead of channel and message', async () => {
  const setting = await scene();
  const { id, hash } = await openModal(setting);
  await setting.slack.views.act({ user: REQUESTER, action_id: 'push' });
  const payload = lastPayload(setting, 'block_actions');
  expect(payload).toMatchObject({
    user: { id: REQUESTER },
    container: { type: 'view', view_id: id },
    view: { id, hash, state: { values: { what: { value: { value: null } } } } },
    actions: [{ type: 'button', action_id: 'push', block_id: 'more' }],
  });
  expect(payload).not.toHaveProperty('channel');
  expect(payload).not.toHaveProperty('message');
  expect(payload).not.toHaveProperty('response_url');
});

test('§4 an element in an input block sends nothing unless the block says dispatch_action', async () => {
  const setting = await scene();
  const select = { type: 'static_select', options: [{ text: plain('A'), value: 'a' }] };
  await openModal(
    setting,
    modal({ blocks: [input('quiet', select), input('loud', select, { dispatch_action: true })] }),
  );
  const choose = (block_id: string) =>
    setting.slack.views.act({ user: REQUESTER, action_id: 'value', block_id, selected_option: 'a' });
  await expect(choose('quiet')).rejects.toThrow('without dispatch_action');
  expect(await choose('loud')).toMatchObject({ state: 'acknowledged' });
  expect(lastPayload(setting, 'block_actions')).toMatchObject({
    actions: [{ type: 'static_select', block_id: 'loud', selected_option: { value: 'a' } }],
    view: { state: { values: { loud: { value: { selected_option: { value: 'a' } } } } } },
  });
});

test('§4 view_closed comes only with notify_on_close; is_cleared when the whole stack went', async () => {
  const setting = await scene();
  const { slack } = setting;
  await openModal(setting);
  expect((await slack.views.close({ user: REQUESTER })).deliveries).toEqual([]);
  await openModal(setting, modal({ notify_on_close: true, private_metadata: 'pm' }));
  await pushModal(setting, modal({ callback_id: 'two', notify_on_close: true }));
  const one = await slack.views.close({ user: REQUESTER });
  expect(one.deliveries).toHaveLength(1);
  expect(one.views.modals).toHaveLength(1);
  const closed = lastPayload(setting, 'view_closed');
  expect(closed).toMatchObject({ is_cleared: false, view: { callback_id: 'two' } });
  expect(closed).not.toHaveProperty('trigger_id');
  await pushModal(setting, modal({ callback_id: 'three' }));
  const all = await slack.views.close({ user: REQUESTER, all: true });
  expect(all.views.modals).toEqual([]);
  expect(all.deliveries).toHaveLength(1);
  expect(lastPayload(setting, 'view_closed')).toMatchObject({
    is_cleared: true,
    view: { callback_id: 'request', private_metadata: 'pm' },
  });
});

test('§4 clear_on_close: the close button takes the whole stack', async () => {
  const setting = await scene();
  await openModal(setting, modal({ notify_on_close: true }));
  await pushModal(setting, modal({ clear_on_close: true }));
  const { views } = await setting.slack.views.close({ user: REQUESTER });
  expect(views.modals).toEqual([]);
  expect(lastPayload(setting, 'view_closed')).toMatchObject({ is_cleared: true });
  await setting.slack.views.waitUntilClosed({ user: REQUESTER, type: 'modal' });
});

test('§4 only the view on top can be used', async () => {
  const setting = await scene();
  const { id } = await openModal(setting);
  await pushModal(setting, modal({ callback_id: 'two', blocks: [actions('b', button('x'))] }));
  const below = { user: REQUESTER, view_id: String(id) };
  await expect(setting.slack.views.submit(below)).rejects.toThrow('lies on top');
  await expect(setting.slack.views.act({ ...below, action_id: 'push' })).rejects.toThrow('lies on top');
  await expect(setting.slack.views.act({ user: REVIEWER, action_id: 'x' })).rejects.toThrow(
    'no modal is open',
  );
});

test('the page is given views with their texts parsed, in the state and in the feed', async () => {
  const setting = await scene();
  const { slack } = setting;
  const section = { type: 'section', text: { type: 'mrkdwn', text: 'a *bold* word' } };
  const response = await fetch(`${slack.url}/_admin/events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const { id } = await openModal(setting, modal({ blocks: [section] }));
  let seen = '';
  while (!seen.includes('"type":"view"')) seen += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  expect(seen).toContain(`"id":"${String(id)}"`);
  const page = (await (await fetch(`${slack.url}/_admin/state?for=page`)).json()) as { views: unknown };
  expect(page.views).toMatchObject([
    { user: REQUESTER, modals: [{ view: { blocks: [{ text: { rich_text: { type: 'rich_text' } } }] } }] },
  ]);
});
