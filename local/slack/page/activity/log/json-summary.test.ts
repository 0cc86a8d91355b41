import { expect, test } from 'vitest';
import { looksLikeJson, summaryOf } from './json-summary.ts';

test.each([
  [[1], '1 item'],
  [[1, 2], '2 items'],
  [{ type: 'section', text: 'Hello' }, 'section · Hello'],
  [{ text: { type: 'mrkdwn' } }, '1 member'],
  [{ a: 1, b: 2 }, '2 members'],
  [{ text: 'x'.repeat(80) }, `${'x'.repeat(60)}…`],
])('%j reads %s', (value, text) => {
  expect(summaryOf(value)).toBe(text);
});

test.each([
  ['[{"type":"divider"}]', [{ type: 'divider' }]],
  [' {"a":1}', { a: 1 }],
  ['[not JSON', undefined],
  ['12', undefined],
  ['plain words', undefined],
])('%s read as JSON', (text, value) => {
  expect(looksLikeJson(text)).toEqual(value);
});
