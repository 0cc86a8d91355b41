import { expect, test } from 'vitest';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import { BLOCKS, element, mrkdwn, plain, rich, x } from './blocks-samples.ts';

const raw = (length: number): JsonObject => ({ type: 'raw_text', text: x(length) });
const markdown = (length: number): JsonObject => ({ type: 'markdown', text: x(length) });
const table = (length: number): JsonObject => ({ type: 'table', rows: [[raw(length)]] });
const dataTable = (length: number): JsonObject => ({
  type: 'data_table',
  caption: x(100),
  rows: [[raw(1)], [raw(length - 1)]],
});

/** §3.1: what all blocks of one type hold together, the figure by hand. */
const TOTALS: [type: string, limit: number, make: (length: number) => JsonObject][] = [
  ['markdown', 12_000, markdown],
  ['table', 10_000, table],
  ['data_table', 20_000, dataTable],
];

test.each(TOTALS)('§3.1 %s: %i characters over all blocks of a message', (type, limit, make) => {
  const half = limit / 2;
  expect(validateBlocks([make(half), { type: 'divider' }, make(half)])).toEqual([]);
  expect(validateBlocks([make(half), { type: 'divider' }, make(half + 1)])).toEqual([
    { message: `${type} blocks must be less than ${limit + 1} characters in total`, pointer: '/blocks' },
  ]);
});

test('§3.1 the totals are apart: each type has its own', () => {
  expect(validateBlocks([markdown(12_000), table(10_000), dataTable(20_000)])).toEqual([]);
});

test('§3.1 table: characters of rich_text cells and of tables in containers count', () => {
  const container = (child: JsonObject) => ({ type: 'container', title: plain('a'), child_blocks: [child] });
  const formatted = (length: number) => ({ type: 'table', rows: [[rich(x(length))]] });
  expect(validateBlocks([formatted(5_000), container(table(5_000))])).toEqual([]);
  expect(validateBlocks([formatted(5_000), container(table(5_001))])).toHaveLength(1);
});

test('§3.1 data_visualization: two per message', () => {
  const [chart = {}] = BLOCKS.data_visualization ?? [];
  expect(validateBlocks([chart, chart])).toEqual([]);
  expect(validateBlocks([chart, chart, chart])).toEqual([
    { message: 'no more than 2 data_visualization blocks allowed', pointer: '/blocks' },
  ]);
});

test('§3 Global: block_id is unique over containers, carousels and plans too', () => {
  const container = {
    type: 'container',
    title: plain('a'),
    child_blocks: [{ type: 'divider', block_id: 'same' }],
  };
  expect(validateBlocks([{ type: 'divider', block_id: 'same' }, container])).toEqual([
    { message: '`block_id` same already exists', pointer: '/blocks/1/child_blocks/0/block_id' },
  ]);
  const card = (block_id: string) => ({ type: 'card', title: mrkdwn('a'), block_id });
  expect(validateBlocks([{ type: 'carousel', elements: [card('a'), card('b')] }])).toEqual([]);
  expect(validateBlocks([{ type: 'carousel', elements: [card('a'), card('a')] }])).toHaveLength(1);
  const task = { ...BLOCKS.task_card?.[0], block_id: 'a' };
  expect(validateBlocks([{ type: 'plan', title: 'a', tasks: [task, task] }])).toEqual([
    { message: '`block_id` a already exists', pointer: '/blocks/0/tasks/1/block_id' },
  ]);
});

test('§3 Global: action_id is unique in its block only', () => {
  const button = element('button', { action_id: 'go' });
  const actions = { type: 'actions', elements: [button, button] };
  expect(validateBlocks([actions])).toEqual([
    { message: '`action_id` go already exists', pointer: '/blocks/0/elements/1/action_id' },
  ]);
  const card = { type: 'card', title: mrkdwn('a'), actions: [button] };
  expect(validateBlocks([{ type: 'carousel', elements: [card, card] }])).toEqual([]);
  expect(validateBlocks([{ ...card, actions: [button, button] }])).toHaveLength(1);
});
