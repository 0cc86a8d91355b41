import { expect, it } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { LONG, takesTail } from './tail.ts';

const text = (words: string): JsonObject => ({ type: 'mrkdwn', text: words });
const rich = (...kinds: string[]): JsonObject => ({
  type: 'rich_text',
  elements: kinds.map((kind) => ({ type: `rich_text_${kind}`, elements: [] })),
});

it.each<[string, JsonObject | undefined, boolean]>([
  ['nothing', undefined, false],
  ['words', rich('list', 'section'), true],
  ['a list', rich('section', 'list'), false],
  ['code', rich('preformatted'), false],
  ['a section', { type: 'section', text: text('words') }, true],
  [
    'a section that ends in a list',
    { type: 'section', text: { ...text('• a'), rich_text: rich('list') } },
    false,
  ],
  ['a section with fields', { type: 'section', text: text('words'), fields: [text('field')] }, false],
  ['a section that may be folded', { type: 'section', text: text('w'.repeat(LONG)) }, false],
  ['small words', { type: 'context', elements: [text('words')] }, true],
  ['a picture', { type: 'context', elements: [text('words'), { type: 'image' }] }, false],
  ['buttons', { type: 'actions', elements: [] }, false],
])('after %s the tail stands in the line: %s', (_name, block, inline) => {
  expect(takesTail(block)).toBe(inline);
});
