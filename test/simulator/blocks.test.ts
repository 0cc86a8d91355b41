import { expect, test } from 'vitest';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { GENERAL, messagesOf, scene } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (more: JsonObject = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const x = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const rich = {
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
};
const feedback = {
  type: 'feedback_buttons',
  action_id: 'f',
  positive_button: { text: plain('Good'), value: 'up' },
  negative_button: { text: plain('Bad'), value: 'down' },
};

/** [rule, what is at the limit, what is beyond it, where the fault is] */
const LIMITS: [string, JsonObject, JsonObject, string][] = [
  [
    '§3.1 section text 3000',
    { type: 'section', text: mrkdwn(x(3000)) },
    { type: 'section', text: mrkdwn(x(3001)) },
    '/blocks/0/text/text',
  ],
  [
    '§3.1 section fields 10',
    { type: 'section', fields: many(10, () => mrkdwn('a')) },
    { type: 'section', fields: many(11, () => mrkdwn('a')) },
    '/blocks/0/fields',
  ],
  [
    '§3.1 section field 2000',
    { type: 'section', fields: [mrkdwn(x(2000))] },
    { type: 'section', fields: [mrkdwn(x(2001))] },
    '/blocks/0/fields/0/text',
  ],
  [
    '§3.1 section needs text or fields',
    { type: 'section', text: plain('a') },
    { type: 'section' },
    '/blocks/0',
  ],
  [
    '§3.1 header 150, plain_text',
    { type: 'header', text: plain(x(150)) },
    { type: 'header', text: plain(x(151)) },
    '/blocks/0/text/text',
  ],
  [
    '§3.1 header text type',
    { type: 'header', text: plain('a') },
    { type: 'header', text: mrkdwn('a') },
    '/blocks/0/text/type',
  ],
  [
    '§3.1 context 10 elements',
    { type: 'context', elements: many(10, () => mrkdwn('a')) },
    { type: 'context', elements: many(11, () => mrkdwn('a')) },
    '/blocks/0/elements',
  ],
  [
    '§3.1 actions 25 elements',
    { type: 'actions', elements: many(25, (at) => button({ action_id: `a${at}` })) },
    { type: 'actions', elements: many(26, (at) => button({ action_id: `a${at}` })) },
    '/blocks/0/elements',
  ],
  [
    '§3.1 image needs alt_text and one source',
    { type: 'image', alt_text: 'a', image_url: 'https://x' },
    { type: 'image', alt_text: 'a' },
    '/blocks/0',
  ],
  [
    '§3.1 markdown 12,000',
    { type: 'markdown', text: x(12_000) },
    { type: 'markdown', text: x(12_001) },
    '/blocks/0/text',
  ],
  [
    '§3.1 card title 150',
    { type: 'card', title: mrkdwn(x(150)) },
    { type: 'card', title: mrkdwn(x(151)) },
    '/blocks/0/title/text',
  ],
  [
    '§3.1 card body 200',
    { type: 'card', body: mrkdwn(x(200)) },
    { type: 'card', body: mrkdwn(x(201)) },
    '/blocks/0/body/text',
  ],
  [
    '§3.1 card 3 buttons',
    { type: 'card', actions: many(3, (at) => button({ action_id: `a${at}` })) },
    { type: 'card', actions: many(4, (at) => button({ action_id: `a${at}` })) },
    '/blocks/0/actions',
  ],
  [
    '§3.1 card needs one of four',
    { type: 'card', title: mrkdwn('a') },
    { type: 'card', subtitle: mrkdwn('a') },
    '/blocks/0',
  ],
  [
    '§3.1 plan title is a string',
    { type: 'plan', title: 'a' },
    { type: 'plan', title: plain('a') },
    '/blocks/0/title',
  ],
  [
    '§3.1 task_card details are rich_text',
    { type: 'task_card', task_id: 't', title: 'a', status: 'complete', details: rich },
    { type: 'task_card', task_id: 't', title: 'a', status: 'complete', details: 'a' },
    '/blocks/0/details',
  ],
  [
    '§1.3 task_card alone is never pending',
    { type: 'plan', title: 'a', tasks: [{ type: 'task_card', task_id: 't', title: 'a', status: 'pending' }] },
    { type: 'task_card', task_id: 't', title: 'a', status: 'pending' },
    '/blocks/0/status',
  ],
  [
    '§3.1 context_actions 5',
    { type: 'context_actions', elements: [feedback] },
    { type: 'context_actions', elements: many(6, (at) => ({ ...feedback, action_id: `f${at}` })) },
    '/blocks/0/elements',
  ],
  [
    '§3.1 table 20 cells',
    { type: 'table', rows: [many(20, () => ({ type: 'raw_text', text: 'a' }))] },
    { type: 'table', rows: [many(21, () => ({ type: 'raw_text', text: 'a' }))] },
    '/blocks/0/rows/0',
  ],
  [
    '§3.2 button text 75',
    { type: 'actions', elements: [button({ text: plain(x(75)) })] },
    { type: 'actions', elements: [button({ text: plain(x(76)) })] },
    '/blocks/0/elements/0/text/text',
  ],
  [
    '§3.2 button value 2000',
    { type: 'actions', elements: [button({ value: x(2000) })] },
    { type: 'actions', elements: [button({ value: x(2001) })] },
    '/blocks/0/elements/0/value',
  ],
  [
    '§3.2 button style',
    { type: 'actions', elements: [button({ style: 'danger' })] },
    { type: 'actions', elements: [button({ style: 'green' })] },
    '/blocks/0/elements/0/style',
  ],
  [
    '§3.2 confirm title 100',
    {
      type: 'actions',
      elements: [
        button({
          confirm: { title: plain(x(100)), text: plain('a'), confirm: plain('y'), deny: plain('n') },
        }),
      ],
    },
    {
      type: 'actions',
      elements: [
        button({
          confirm: { title: plain(x(101)), text: plain('a'), confirm: plain('y'), deny: plain('n') },
        }),
      ],
    },
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    '§3.2 action_id 255',
    { type: 'actions', elements: [button({ action_id: x(255) })] },
    { type: 'actions', elements: [button({ action_id: x(256) })] },
    '/blocks/0/elements/0/action_id',
  ],
  [
    '§3.2 feedback_buttons need a value',
    { type: 'context_actions', elements: [feedback] },
    { type: 'context_actions', elements: [{ ...feedback, positive_button: { text: plain('Good') } }] },
    '/blocks/0/elements/0/positive_button',
  ],
  [
    '§3.2 input placeholder 150',
    { type: 'input', label: plain('L'), element: { type: 'plain_text_input', placeholder: plain(x(150)) } },
    { type: 'input', label: plain('L'), element: { type: 'plain_text_input', placeholder: plain(x(151)) } },
    '/blocks/0/element/placeholder/text',
  ],
  [
    '§3 block_id 255',
    { type: 'divider', block_id: x(255) },
    { type: 'divider', block_id: x(256) },
    '/blocks/0/block_id',
  ],
];

test.each(LIMITS)('%s: at the limit passes, beyond it fails', (_rule, good, bad, pointer) => {
  expect(validateBlocks([good])).toEqual([]);
  const faults = validateBlocks([bad]);
  expect(faults.map((fault) => fault.pointer)).toEqual([pointer]);
});

test('§3 50 blocks per message', () => {
  expect(validateBlocks(many(50, () => ({ type: 'divider' })))).toEqual([]);
  expect(validateBlocks(many(51, () => ({ type: 'divider' })))).toEqual([
    { message: 'no more than 50 items allowed', pointer: '/blocks' },
  ]);
});

test('§3 block_id is unique per message, action_id in its block', () => {
  const twice: Json[] = [
    { type: 'divider', block_id: 'a' },
    { type: 'divider', block_id: 'a' },
  ];
  expect(validateBlocks(twice).map((fault) => fault.pointer)).toEqual(['/blocks/1/block_id']);
  expect(validateBlocks([{ type: 'actions', elements: [button(), button()] }])).toHaveLength(1);
  expect(
    validateBlocks([
      { type: 'actions', elements: [button()] },
      { type: 'actions', elements: [button()] },
    ]),
  ).toEqual([]);
});

test('§3.1 markdown: 12,000 characters over all blocks together', () => {
  const blocks = [
    { type: 'markdown', text: x(6_000) },
    { type: 'markdown', text: x(6_001) },
  ];
  expect(validateBlocks(blocks)).toHaveLength(1);
});

test('§3.1 an unknown type of block or element is refused', () => {
  expect(validateBlocks([{ type: 'carousel_of_dreams' }])).toEqual([
    { message: 'unsupported type: carousel_of_dreams', pointer: '/blocks/0/type' },
  ]);
  const faults = validateBlocks([{ type: 'actions', elements: [{ type: 'multi_static_select' }] }]);
  expect(faults).toEqual([
    { message: 'unsupported element: multiselect', pointer: '/blocks/0/elements/0/type' },
  ]);
});

test('§3 unknown members are refused', () => {
  expect(validateBlocks([{ type: 'divider', colour: 'red' }])[0]?.message).toBe(
    'invalid additional property: colour',
  );
});

test('§3 posting is all or nothing, with a JSON pointer in response_metadata.messages', async () => {
  const { api, slack } = await scene();
  const blocks = [{ type: 'divider' }, { type: 'section', text: mrkdwn(x(3001)) }];
  const answer = await api('chat.postMessage', { channel: GENERAL, text: 'a', blocks });
  expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' });
  expect(messagesOf(answer)).toEqual([
    '[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]',
  ]);
  expect((await slack.state()).messages).toEqual([]);
});

test('§3 stored blocks have a block_id and the defaults of their texts', async () => {
  const { api } = await scene();
  const blocks = [
    { type: 'section', text: mrkdwn('a') },
    { type: 'actions', elements: [{ type: 'button', text: plain('b') }] },
  ];
  const { message } = await api('chat.postMessage', { channel: GENERAL, text: 'a', blocks });
  expect(message).toMatchObject({
    blocks: [
      { block_id: expect.any(String), text: { verbatim: false } },
      { elements: [{ action_id: expect.any(String), text: { emoji: true } }] },
    ],
  });
});
