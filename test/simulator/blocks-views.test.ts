import { expect, test } from 'vitest';
import { LIMITS } from '../../local/slack/blocks/limits.ts';
import { validateOptions } from '../../local/slack/blocks/validate-options.ts';
import { isViewTooLarge, validateView } from '../../local/slack/blocks/validate-view.ts';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { element, HOSTS, many, modal, option, plain, x } from './blocks-samples.ts';

const home = (more: JsonObject = {}): JsonObject => ({ type: 'home', blocks: [], ...more });
const input = HOSTS.input?.hold(element('plain_text_input')) ?? {};
const pointers = (view: Json) => validateView(view).map(({ pointer }) => pointer);

test('§4 modals and Home tabs with everything they can have', () => {
  const shared = { private_metadata: '', callback_id: 'cb', external_id: 'e' };
  const full = modal([input], {
    ...shared,
    close: plain('Back'),
    clear_on_close: true,
    notify_on_close: false,
  });
  expect(validateView(full)).toEqual([]);
  expect(validateView(modal([]))).toEqual([]);
  expect(validateView(home({ ...shared, blocks: [input] }))).toEqual([]);
});

/** §3.2 "View": member, figure by hand, figure of the table. */
const LIMITED: [name: 'title' | 'submit' | 'close', limit: number, table: number][] = [
  ['title', 24, LIMITS.view.title],
  ['submit', 24, LIMITS.view.submit],
  ['close', 24, LIMITS.view.close],
];

test.each(LIMITED)('§3.2 View: %s at most %i characters, plain text', (name, limit, table) => {
  expect(table).toBe(limit);
  expect(pointers(modal([], { [name]: plain(x(limit)) }))).toEqual([]);
  expect(pointers(modal([], { [name]: plain(x(limit + 1)) }))).toEqual([`/view/${name}/text`]);
  expect(pointers(modal([], { [name]: { type: 'mrkdwn', text: 'a' } }))).toEqual([`/view/${name}/type`]);
});

test.each([
  ['callback_id', 255, LIMITS.view.callbackId],
  ['private_metadata', 3000, LIMITS.view.privateMetadata],
  ['external_id', 255, LIMITS.view.externalId],
])('§3.2 View: %s at most %i characters', (name, limit, table) => {
  expect(table).toBe(limit);
  for (const make of [(more: JsonObject) => modal([], more), home]) {
    expect(pointers(make({ [name]: x(limit) }))).toEqual([]);
    expect(pointers(make({ [name]: x(limit + 1) }))).toEqual([`/view/${name}`]);
  }
});

test('§3.2 View: 100 blocks', () => {
  const dividers = (count: number) => many(count, () => ({ type: 'divider' }));
  expect(pointers(modal(dividers(100)))).toEqual([]);
  expect(pointers(modal(dividers(101)))).toEqual(['/view/blocks']);
  expect(pointers(home({ blocks: dividers(100) }))).toEqual([]);
  expect(pointers(home({ blocks: dividers(101) }))).toEqual(['/view/blocks']);
});

const missing = (name: string) => [{ message: `missing required field: ${name}`, pointer: '/view' }];

test('§4 what a view must have', () => {
  expect(validateView({ ...modal([]), title: null })).toEqual(missing('title'));
  expect(validateView({ type: 'home' })).toEqual(missing('blocks'));
  expect(validateView({ blocks: [] })).toEqual(missing('type'));
  expect(validateView('modal')).toEqual([{ message: 'must be an object', pointer: '/view' }]);
  expect(validateView({ type: 'workflow_step', blocks: [] })).toEqual([
    { message: 'unsupported type: workflow_step', pointer: '/view/type' },
  ]);
});

test.each(['title', 'submit', 'close'])('§4 a Home tab has no %s', (name) => {
  expect(validateView(home({ [name]: plain('a') }))).toEqual([
    { message: `invalid additional property: ${name}`, pointer: '/view' },
  ]);
});

test('§4 members that a view only has in answers are refused', () => {
  for (const name of ['id', 'hash', 'state', 'submit_disabled'])
    expect(validateView(modal([], { [name]: 'a' }))[0]?.message).toBe(`invalid additional property: ${name}`);
});

test('§4 submit is required if any input block', () => {
  const { submit: _submit, ...silent } = modal([{ type: 'divider' }, input]);
  expect(validateView(silent)).toEqual([
    { message: 'must define `submit` to use `input` block', pointer: '/view/blocks/1' },
  ]);
  expect(validateView({ ...silent, blocks: [{ type: 'divider' }] })).toEqual([]);
});

test('§3 blocks of a view are checked for its surface, with their pointers', () => {
  expect(validateView(modal([{ type: 'markdown', text: 'a' }]))).toEqual([
    { message: 'unsupported type: markdown', pointer: '/view/blocks/0/type' },
  ]);
  const number = HOSTS.input?.hold(element('number_input')) ?? {};
  expect(pointers(modal([number]))).toEqual([]);
  expect(pointers(home({ blocks: [number] }))).toEqual(['/view/blocks/0/element/type']);
  expect(validateView(modal([{ type: 'alert' }]), '/response/view')).toEqual([
    { message: 'missing required field: text', pointer: '/response/view/blocks/0' },
  ]);
});

test('§3 Global: block_id is unique in a view', () => {
  const twice = many(2, () => ({ type: 'divider', block_id: 'a' }));
  expect(pointers(modal(twice))).toEqual(['/view/blocks/1/block_id']);
});

test('§3.2 only one element of a view has the focus on load', () => {
  const focused = HOSTS.input?.hold(element('plain_text_input', { focus_on_load: true })) ?? {};
  expect(pointers(modal([focused, input]))).toEqual([]);
  expect(pointers(modal([focused, focused]))).toEqual(['/view/blocks/1/element/focus_on_load']);
});

test('§3 Global: a view has at most 250 KB', () => {
  const limit = 250 * 1024;
  expect(LIMITS.viewBytes).toBe(limit);
  const frame = JSON.stringify({ a: '' }).length;
  expect(isViewTooLarge({ a: x(limit - frame) })).toBe(false);
  expect(isViewTooLarge({ a: x(limit - frame + 1) })).toBe(true);
  expect(isViewTooLarge({ a: 'ä'.repeat((limit - frame) / 2 + 1) })).toBe(true);
});

test('§3.2 external selects: an answer holds at most 100 options or groups', () => {
  const groups = (count: number) => many(count, (at) => ({ label: plain(`g${at}`), options: [option(at)] }));
  expect(validateOptions({ options: many(100, option) })).toEqual([]);
  expect(validateOptions({ options: [] })).toEqual([]);
  expect(validateOptions({ option_groups: groups(100) })).toEqual([]);
  expect(validateOptions({ options: many(101, option) })).toEqual([
    { message: 'no more than 100 items allowed', pointer: '/options' },
  ]);
  expect(validateOptions({ option_groups: groups(101) })).toEqual([
    { message: 'no more than 100 items allowed', pointer: '/option_groups' },
  ]);
});

test('§5 block_suggestion: the answer holds options or option_groups, each as in a menu', () => {
  const either = 'must provide exactly one of: options, option_groups';
  expect(validateOptions({})).toEqual([{ message: either, pointer: '' }]);
  expect(validateOptions({ options: [], option_groups: [] })).toEqual([{ message: either, pointer: '' }]);
  expect(validateOptions({ options: [{ ...option(), text: plain(x(76)) }] })).toEqual([
    { message: 'must be less than 76 characters', pointer: '/options/0/text/text' },
  ]);
  expect(validateOptions({ options: [], more: 1 })[0]?.message).toBe('invalid additional property: more');
  expect(validateOptions(undefined)).toEqual([{ message: 'must be an object', pointer: '' }]);
});
