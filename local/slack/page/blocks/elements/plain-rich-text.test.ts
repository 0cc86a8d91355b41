import { expect, it } from 'vitest';
import { richTextOf, textOf } from './plain-rich-text.ts';

it('what is typed comes back as it was', () => {
  expect(textOf(richTextOf('one\n two'))).toBe('one\n two');
  expect(richTextOf('')).toBeNull();
  expect(textOf(null)).toBe('');
});

it('a list becomes lines', () => {
  const item = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });
  const list = { type: 'rich_text_list', style: 'bullet', elements: [item('a'), item('b')] };
  expect(textOf({ type: 'rich_text', elements: [item('head'), list] })).toBe('head\n- a\n- b');
});
