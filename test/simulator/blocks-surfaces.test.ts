import { expect, test } from 'vitest';
import type { Surface } from '../../local/slack/blocks/surfaces.ts';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import { BLOCKS, element, HOSTS, many } from './blocks-samples.ts';

const SURFACES: Surface[] = ['message', 'modal', 'home'];
const ALL = 'message modal home';

/** §3.1 "surfaces", by hand; alert and carousel are named nowhere in the table (see surfaces.ts). */
const BLOCK_SURFACES: [type: string, surfaces: string][] = [
  ['section', ALL],
  ['header', ALL],
  ['divider', ALL],
  ['image', ALL],
  ['context', ALL],
  ['actions', ALL],
  ['input', ALL],
  ['rich_text', ALL],
  ['video', ALL],
  ['markdown', 'message'],
  ['file', 'message'],
  ['table', 'message'],
  ['data_table', 'message'],
  ['data_visualization', 'message'],
  ['card', 'message'],
  ['carousel', 'message'],
  ['container', 'message'],
  ['plan', 'message'],
  ['task_card', 'message'],
  ['context_actions', 'message'],
  ['alert', 'modal'],
];

test('§3.1 the table of surfaces names every type of block', () => {
  expect(BLOCK_SURFACES.map(([type]) => type).sort()).toEqual(Object.keys(BLOCKS).sort());
});

test.each(BLOCK_SURFACES)('§3.1 %s stands in: %s', (type, allowed) => {
  for (const surface of SURFACES) {
    const refused = [{ message: `unsupported type: ${type}`, pointer: '/blocks/0/type' }];
    expect(validateBlocks([BLOCKS[type]?.[0] ?? null], { surface })).toEqual(
      allowed.includes(surface) ? [] : refused,
    );
  }
});

/** §3.1 which element may stand in which block, §3.2 on which surface. `hosts` are those of blocks-samples.ts. */
const ELEMENT_PLACES: [type: string, hosts: string, surfaces: string][] = [
  ['button', 'actions accessory card', ALL],
  ['checkboxes', 'actions accessory input', ALL],
  ['radio_buttons', 'actions accessory input', ALL],
  ['overflow', 'actions accessory', ALL],
  ['static_select', 'actions accessory input', ALL],
  ['external_select', 'actions accessory input', ALL],
  ['users_select', 'actions accessory input', ALL],
  ['conversations_select', 'actions accessory input', ALL],
  ['channels_select', 'actions accessory input', ALL],
  ['multi_static_select', 'accessory input', ALL],
  ['multi_external_select', 'accessory input', ALL],
  ['multi_users_select', 'accessory input', ALL],
  ['multi_conversations_select', 'accessory input', ALL],
  ['multi_channels_select', 'accessory input', ALL],
  ['datepicker', 'actions accessory input', ALL],
  ['timepicker', 'actions accessory input', ALL],
  ['datetimepicker', 'actions input', 'message modal'],
  ['plain_text_input', 'input', ALL],
  ['number_input', 'input', 'modal'],
  ['email_text_input', 'input', 'modal'],
  ['url_text_input', 'input', 'modal'],
  ['rich_text_input', 'actions input', 'modal home'],
  ['file_input', 'input', 'modal'],
  ['feedback_buttons', 'context_actions', 'message'],
  ['icon_button', 'context_actions', 'message'],
  ['workflow_button', 'actions accessory', 'message'],
];

test.each(ELEMENT_PLACES)('§3.2 %s stands in %s, on %s', (type, hosts, surfaces) => {
  for (const [host, { hold, at }] of Object.entries(HOSTS)) {
    for (const surface of SURFACES) {
      // The block itself cannot stand there: that is the test above.
      if (['context_actions', 'card'].includes(host) && surface !== 'message') continue;
      const isGood = hosts.split(' ').includes(host) && surfaces.includes(surface);
      const refused = [
        {
          message: `unsupported element: ${type.startsWith('multi_') ? 'multiselect' : type}`,
          pointer: `${at}/type`,
        },
      ];
      expect(validateBlocks([hold(element(type))], { surface })).toEqual(isGood ? [] : refused);
    }
  }
});

test.each([
  ['message', 50],
  ['modal', 100],
  ['home', 100],
] as const)('§3 Global: %s holds %i blocks', (surface, most) => {
  const dividers = (count: number) => many(count, () => ({ type: 'divider' }));
  expect(validateBlocks(dividers(most), { surface })).toEqual([]);
  expect(validateBlocks(dividers(most + 1), { surface })).toEqual([
    { message: `no more than ${most} items allowed`, pointer: '/blocks' },
  ]);
});

test('§3.1 what cannot stand on a surface cannot stand in a container either', () => {
  const number = HOSTS.input?.hold(element('number_input')) ?? {};
  const container = { ...BLOCKS.container?.[0], child_blocks: [number] };
  expect(validateBlocks([container]).map(({ pointer }) => pointer)).toEqual([
    '/blocks/0/child_blocks/0/element/type',
  ]);
});
