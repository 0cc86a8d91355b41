import { expect, test } from 'vitest';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { BLOCKS, element, HOSTS, option, plain } from './blocks-samples.ts';

/** Formats of §3.2: element, member, values that pass, values that fail. */
const FORMATS: [type: string, member: string, good: Json[], bad: Json[]][] = [
  ['datepicker', 'initial_date', ['2024-02-29', '1999-12-31'], ['2026-02-29', '2026-2-1', '28.02.2026', '']],
  ['timepicker', 'initial_time', ['00:00', '09:05', '23:59'], ['24:00', '9:05', '23:60', '09:05:00']],
  ['timepicker', 'timezone', ['America/Chicago', 'UTC'], ['Mars/Base', '+01:00', '']],
  [
    'datetimepicker',
    'initial_date_time',
    [1_000_000_000, 9_999_999_999],
    [999_999_999, 10_000_000_000, 1.5, '1628633820'],
  ],
  ['number_input', 'min_value', ['-10', '0.25'], ['ten', '1e3', 5]],
  ['conversations_select', 'filter', [{ include: ['mpim'] }], [{ include: [] }, { include: ['all'] }]],
  ['external_select', 'min_query_length', [0, 3], [-1, 1.5]],
  ['file_input', 'filetypes', [['pdf', 'png']], [[], [1]]],
  ['button', 'style', ['primary', 'danger'], ['default', 'green']],
];

test.each(FORMATS)('§3.2 %s: format of %s', (type, member, good, bad) => {
  const host = type === 'button' ? 'actions' : 'input';
  const { hold, at } = HOSTS[host] ?? { hold: (held: JsonObject) => held, at: '' };
  const faults = (value: Json) =>
    validateBlocks([hold(element(type, { [member]: value }))], {
      surface: type === 'button' ? 'message' : 'modal',
    });
  for (const value of good) expect(faults(value)).toEqual([]);
  for (const value of bad) {
    const found = faults(value);
    expect(found).toHaveLength(1);
    expect(found[0]?.pointer.startsWith(`${at}/${member}`)).toBe(true);
  }
});

const inModal = (held: JsonObject) =>
  validateBlocks([{ type: 'input', label: plain('a'), element: held }], { surface: 'modal' });
const at = (member: string) => [expect.objectContaining({ pointer: `/blocks/0/element/${member}` })];

test('§3.2 initial options are among the options', () => {
  const options = [option(1), option(2)];
  const groups = [{ label: plain('a'), options }];
  expect(inModal({ type: 'static_select', options, initial_option: option(2) })).toEqual([]);
  expect(inModal({ type: 'static_select', option_groups: groups, initial_option: option(1) })).toEqual([]);
  expect(inModal({ type: 'static_select', options, initial_option: option(3) })).toEqual(
    at('initial_option'),
  );
  expect(inModal({ type: 'static_select', option_groups: groups, initial_option: option(3) })).toEqual(
    at('initial_option'),
  );
  const renamed = { ...option(1), text: plain('Other') };
  expect(inModal({ type: 'radio_buttons', options, initial_option: renamed })).toEqual(at('initial_option'));
  const initial_options = [option(1), option(3)];
  for (const type of ['checkboxes', 'multi_static_select'])
    expect(inModal({ type, options, initial_options })).toEqual(at('initial_options/1'));
});

test('§3.2 an initial option matches whatever its defaults', () => {
  const emoji = { text: { ...plain('Option 1'), emoji: true }, value: 'v1' };
  expect(inModal({ type: 'static_select', options: [option(1)], initial_option: emoji })).toEqual([]);
});

test('§3.2 a lower bound is not beyond the upper one', () => {
  expect(inModal({ type: 'plain_text_input', min_length: 5, max_length: 5 })).toEqual([]);
  expect(inModal({ type: 'plain_text_input', min_length: 6, max_length: 5 })).toEqual(at('min_length'));
  expect(inModal({ type: 'rich_text_input', min_lines: 9, max_lines: 8 })).toEqual(at('min_lines'));
  const number = { type: 'number_input', is_decimal_allowed: false };
  expect(inModal({ ...number, min_value: '9', max_value: '10' })).toEqual([]);
  expect(inModal({ ...number, min_value: '10', max_value: '9' })).toEqual(at('min_value'));
});

test('§3.2 number_input: decimals only when is_decimal_allowed', () => {
  const number = (is_decimal_allowed: boolean, initial_value: string) =>
    inModal({ type: 'number_input', is_decimal_allowed, initial_value });
  expect(number(true, '0.5')).toEqual([]);
  expect(number(false, '5')).toEqual([]);
  expect(number(false, '0.5')).toEqual(at('initial_value'));
});

test('§3.2 response_url_enabled: only in input blocks of modals', () => {
  const held = { type: 'conversations_select', response_url_enabled: true };
  const input = { type: 'input', label: plain('a'), element: held };
  const pointer = '/blocks/0/element/response_url_enabled';
  const refused = (where: string) => [{ message: 'only allowed in input blocks of modals', pointer: where }];
  expect(validateBlocks([input], { surface: 'modal' })).toEqual([]);
  expect(validateBlocks([input], { surface: 'message' })).toEqual(refused(pointer));
  expect(validateBlocks([input], { surface: 'home' })).toEqual(refused(pointer));
  const actions = { type: 'actions', elements: [held] };
  expect(validateBlocks([actions], { surface: 'modal' })).toEqual(
    refused('/blocks/0/elements/0/response_url_enabled'),
  );
  for (const type of ['users_select', 'multi_channels_select'])
    expect(inModal({ type, response_url_enabled: true })[0]?.message).toBe(
      'invalid additional property: response_url_enabled',
    );
});

test('§3.1 video: addresses of the film are HTTPS', () => {
  const [film = {}] = BLOCKS.video ?? [];
  for (const name of ['video_url', 'title_url'])
    expect(validateBlocks([{ ...film, [name]: 'http://example.com' }])).toEqual([
      { message: 'must be an HTTPS URL', pointer: `/blocks/0/${name}` },
    ]);
});

test('§3.1 data_table: equal rows, plain header, existing row header column', () => {
  const cell = { type: 'raw_text', text: 'a' };
  const rich = { type: 'rich_text', elements: [] };
  const table = (rows: Json[][], more: JsonObject = {}) =>
    validateBlocks([{ type: 'data_table', caption: 'a', rows, ...more }]).map(({ pointer }) => pointer);
  const wide = (columns: number) => Array.from({ length: columns }, () => cell);
  expect(table([wide(20), wide(20)])).toEqual([]);
  expect(table([wide(21), wide(21)])).toEqual(['/blocks/0/rows/0', '/blocks/0/rows/1']);
  expect(table([[cell, cell], [cell]])).toEqual(['/blocks/0/rows/1']);
  expect(table([[cell], [rich]])).toEqual([]);
  expect(table([[rich], [cell]])).toEqual(['/blocks/0/rows/0/0/type']);
  expect(table([wide(2), wide(2)], { row_header_column_index: 1 })).toEqual([]);
  expect(table([wide(2), wide(2)], { row_header_column_index: 2 })).toEqual([
    '/blocks/0/row_header_column_index',
  ]);
});

test('§3.1 data_table: raw_number has value and text', () => {
  const cells = (number: JsonObject) => [
    [{ type: 'raw_text', text: 'a' }],
    [{ type: 'raw_number', ...number }],
  ];
  const faults = (number: JsonObject) =>
    validateBlocks([{ type: 'data_table', caption: 'a', rows: cells(number) }]).map(({ message }) => message);
  expect(faults({ value: 1, text: '1' })).toEqual([]);
  expect(faults({ value: 1 })).toEqual(['missing required field: text']);
  expect(faults({ text: '1' })).toEqual(['missing required field: value']);
});

test('§3.1 data_visualization: labels match categories, names are unique, slices are above 0', () => {
  const chart = (given: JsonObject) =>
    validateBlocks([{ type: 'data_visualization', title: 'a', chart: given }]).map(({ pointer }) => pointer);
  const bar = (series: JsonObject[]) =>
    chart({ type: 'bar', series, axis_config: { categories: ['a', 'b'] } });
  const named = (name: string, label = 'a') => ({ name, data: [{ label, value: 0 }] });
  expect(bar([named('x'), named('y', 'b')])).toEqual([]);
  expect(bar([named('x'), named('x')])).toEqual(['/blocks/0/chart/series/1/name']);
  expect(bar([named('x'), named('y', 'c')])).toEqual(['/blocks/0/chart/series/1/data/0/label']);
  expect(bar([named('x', 'z'.repeat(21))])).toEqual(['/blocks/0/chart/series/0/data/0/label']);
  const slice = (value: number) => chart({ type: 'pie', segments: [{ label: 'a', value }] });
  expect(slice(0.001)).toEqual([]);
  expect(slice(0)).toEqual(['/blocks/0/chart/segments/0/value']);
  expect(slice(-1)).toEqual(['/blocks/0/chart/segments/0/value']);
  expect(chart({ type: 'radar', segments: [] })).toEqual(['/blocks/0/chart/type']);
});
