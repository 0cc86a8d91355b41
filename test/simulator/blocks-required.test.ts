import { expect, test } from 'vitest';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { BLOCKS, confirm, element, HOSTS, option, plain, rich, x } from './blocks-samples.ts';

/** A copy without one member, named by its path. */
function without(value: Json | undefined, [name = '', ...rest]: string[]): Json | undefined {
  if (Array.isArray(value))
    return value.map((one, at) => (String(at) === name ? (without(one, rest) ?? null) : one));
  const { [name]: inner, ...others } = value as JsonObject;
  return rest.length === 0 ? others : { ...others, [name]: without(inner, rest) };
}

/** Required members of §3.1, by hand: type, the member's path in its first good sample. */
const REQUIRED: [type: string, path: string][] = [
  ['header', 'text'],
  ['image', 'alt_text'],
  ['context', 'elements'],
  ['actions', 'elements'],
  ['input', 'label'],
  ['input', 'element'],
  ['rich_text', 'elements'],
  ['markdown', 'text'],
  ['file', 'external_id'],
  ['file', 'source'],
  ['video', 'video_url'],
  ['video', 'thumbnail_url'],
  ['video', 'alt_text'],
  ['video', 'title'],
  ['table', 'rows'],
  ['data_table', 'rows'],
  ['data_table', 'caption'],
  ['data_visualization', 'title'],
  ['data_visualization', 'chart'],
  ['data_visualization', 'chart/segments'],
  ['data_visualization', 'chart/segments/0/label'],
  ['data_visualization', 'chart/segments/0/value'],
  ['alert', 'text'],
  ['carousel', 'elements'],
  ['container', 'child_blocks'],
  ['plan', 'title'],
  ['task_card', 'task_id'],
  ['task_card', 'title'],
  ['task_card', 'status'],
  ['task_card', 'sources/0/url'],
  ['context_actions', 'elements'],
];

test.each(REQUIRED)('§3.1 %s needs %s', (type, path) => {
  const names = path.split('/');
  const bad = without(BLOCKS[type]?.[0], names) ?? null;
  const surface = type === 'alert' ? 'modal' : 'message';
  expect(validateBlocks([bad], { surface })).toEqual([
    {
      message: `missing required field: ${names.at(-1)}`,
      pointer: ['/blocks/0', ...names.slice(0, -1)].join('/'),
    },
  ]);
});

/** Required members of §3.2: host, element, path. */
const REQUIRED_IN_ELEMENTS: [host: string, type: string, path: string][] = [
  ['actions', 'button', 'text'],
  ['actions', 'button', 'confirm/title'],
  ['actions', 'button', 'confirm/text'],
  ['actions', 'button', 'confirm/confirm'],
  ['actions', 'button', 'confirm/deny'],
  ['actions', 'checkboxes', 'options'],
  ['actions', 'checkboxes', 'options/0/text'],
  ['actions', 'checkboxes', 'options/0/value'],
  ['actions', 'radio_buttons', 'options'],
  ['actions', 'overflow', 'options'],
  ['input', 'multi_static_select', 'option_groups/0/label'],
  ['input', 'multi_static_select', 'option_groups/0/options'],
  ['input', 'number_input', 'is_decimal_allowed'],
  ['context_actions', 'feedback_buttons', 'positive_button'],
  ['context_actions', 'feedback_buttons', 'negative_button'],
  ['context_actions', 'feedback_buttons', 'positive_button/text'],
  ['context_actions', 'feedback_buttons', 'positive_button/value'],
  ['context_actions', 'icon_button', 'icon'],
  ['context_actions', 'icon_button', 'text'],
  ['actions', 'workflow_button', 'text'],
  ['actions', 'workflow_button', 'workflow'],
  ['actions', 'workflow_button', 'workflow/trigger'],
  ['actions', 'workflow_button', 'workflow/trigger/url'],
];

test.each(REQUIRED_IN_ELEMENTS)('§3.2 in %s: %s needs %s', (host, type, path) => {
  const { hold, at } = HOSTS[host] ?? { hold: (held: JsonObject) => held, at: '' };
  const names = path.split('/');
  const bad = hold(without(element(type), names) as JsonObject);
  expect(validateBlocks([bad], { surface: host === 'input' ? 'modal' : 'message' })).toEqual([
    { message: `missing required field: ${names.at(-1)}`, pointer: [at, ...names.slice(0, -1)].join('/') },
  ]);
});

const inActions = (held: JsonObject): JsonObject => ({ type: 'actions', elements: [held] });
const picture = { type: 'image', alt_text: 'a' };

/** What excludes each other or must be one of several: rule, payload, message, pointer. */
const BETWEEN: [rule: string, block: JsonObject, message: string, at: string][] = [
  ['§3.1 section: text or fields', { type: 'section' }, 'must define either text or fields', ''],
  ['§3.1 image: a source', picture, 'must provide exactly one of: image_url, slack_file', ''],
  [
    '§3.1 image: one source',
    { ...picture, image_url: 'https://x', slack_file: { id: 'F1' } },
    'must provide exactly one of: image_url, slack_file',
    '',
  ],
  [
    '§3.2 slack_file: one of id and url',
    { ...picture, slack_file: { id: 'F1', url: 'https://x' } },
    'must provide exactly one of: id, url',
    '/slack_file',
  ],
  [
    '§3.1 file: source is remote',
    { type: 'file', external_id: 'a', source: 'local' },
    'must be one of: remote',
    '/source',
  ],
  [
    '§3.1 card: one of four',
    { type: 'card', subtext: { type: 'mrkdwn', text: 'a' } },
    'must define at least one of hero_image, title, actions, body',
    '',
  ],
  [
    '§3.1 card: slack_icon xor icon',
    {
      type: 'card',
      title: { type: 'mrkdwn', text: 'a' },
      icon: { ...picture, image_url: 'https://x' },
      slack_icon: { type: 'icon', name: 'a' },
    },
    'must define only one of icon and slack_icon',
    '',
  ],
  [
    '§3.1 container: a title',
    { type: 'container', child_blocks: [{ type: 'divider' }] },
    'must define either title or rich_text_title',
    '',
  ],
  [
    '§3.1 container: collapsed only when collapsible',
    { type: 'container', title: plain('a'), child_blocks: [{ type: 'divider' }], default_collapsed: true },
    'requires is_collapsible to be true',
    '/default_collapsed',
  ],
  [
    '§3.1 container: no containers in it',
    { type: 'container', title: plain('a'), child_blocks: BLOCKS.container ?? [] },
    'unsupported type: container',
    '/child_blocks/0/type',
  ],
  [
    '§3.1 carousel: cards only',
    { type: 'carousel', elements: [{ type: 'divider' }] },
    'unsupported type: divider',
    '/elements/0/type',
  ],
  [
    '§3.1 plan: task cards only',
    { type: 'plan', title: 'a', tasks: [{ type: 'divider' }] },
    'unsupported task: divider',
    '/tasks/0/type',
  ],
  [
    '§3.1 plan: the title is no text object',
    { type: 'plan', title: plain('a') },
    'must provide a string',
    '/title',
  ],
  [
    '§3.2 static_select: options or option_groups',
    inActions({ type: 'static_select' }),
    'must provide exactly one of: options, option_groups',
    '/elements/0',
  ],
  [
    '§3.2 static_select: not both',
    inActions({
      type: 'static_select',
      options: [option()],
      option_groups: [{ label: plain('a'), options: [option()] }],
    }),
    'must provide exactly one of: options, option_groups',
    '/elements/0',
  ],
  [
    '§3.2 filter: not empty',
    inActions({ type: 'conversations_select', filter: {} }),
    'must define at least one of: include, exclude_external_shared_channels, exclude_bot_users',
    '/elements/0/filter',
  ],
  [
    '§3.2 option url: overflow only',
    inActions({ type: 'static_select', options: [{ ...option(), url: 'https://x' }] }),
    'invalid additional property: url',
    '/elements/0/options/0',
  ],
  [
    '§3.2 option: plain text in menus',
    inActions({ type: 'static_select', options: [{ text: { type: 'mrkdwn', text: 'a' }, value: 'v' }] }),
    'unsupported text type: mrkdwn',
    '/elements/0/options/0/text/type',
  ],
  [
    '§3.2 confirm style',
    inActions(element('button', { confirm: confirm({ style: 'loud' }) })),
    'must be one of: primary, danger',
    '/elements/0/confirm/style',
  ],
  [
    '§3.2 overflow: six options',
    inActions({ type: 'overflow', options: [1, 2, 3, 4, 5, 6].map(option) }),
    'no more than 5 items allowed',
    '/elements/0/options',
  ],
  [
    '§3.2 button: 76 characters',
    inActions(element('button', { text: plain(x(76)) })),
    'must be less than 76 characters',
    '/elements/0/text/text',
  ],
  [
    '§3.1 actions: no multi-select',
    inActions(element('multi_static_select')),
    'unsupported element: multiselect',
    '/elements/0/type',
  ],
  [
    '§3.1 section accessory: no text input',
    { type: 'section', text: plain('a'), accessory: element('plain_text_input') },
    'unsupported element: plain_text_input',
    '/accessory/type',
  ],
  [
    '§3.1 input: no button',
    { type: 'input', label: plain('a'), element: element('button') },
    'unsupported element: button',
    '/element/type',
  ],
  [
    '§3.1 context: no button',
    { type: 'context', elements: [element('button')] },
    'unsupported element: button',
    '/elements/0/type',
  ],
  [
    '§3.1 context_actions: no button',
    { type: 'context_actions', elements: [element('button')] },
    'unsupported element: button',
    '/elements/0/type',
  ],
  [
    '§3.1 task_card: details are rich_text',
    { ...BLOCKS.task_card?.[0], details: { ...rich(), type: 'section' } },
    'must be one of: rich_text',
    '/details/type',
  ],
];

test.each(BETWEEN)('%s', (_rule, block, message, at) => {
  expect(validateBlocks([block])).toEqual([{ message, pointer: `/blocks/0${at}` }]);
});
