import { describe, expect, it } from 'vitest';
import { initialOf, memberOf, sameValue } from './value.ts';

describe('initialOf', () => {
  it.each([
    [{ type: 'plain_text_input', initial_value: 'x' }, 'x'],
    [{ type: 'plain_text_input' }, null],
    [{ type: 'checkboxes' }, []],
    [{ type: 'conversations_select', default_to_current_conversation: true }, 'C1'],
    [{ type: 'multi_conversations_select', default_to_current_conversation: true }, ['C1']],
    [
      { type: 'conversations_select', default_to_current_conversation: true, initial_conversation: 'C2' },
      'C2',
    ],
    [{ type: 'button' }, null],
  ])('%o', (element, value) => {
    expect(initialOf(element, 'C1')).toEqual(value);
  });
});

describe('sameValue', () => {
  it('knows an option by its value', () => {
    const option = (text: string) => ({ value: 'a', text: { type: 'plain_text', text } });
    expect(sameValue(option(':tada:'), option('🎉'))).toBe(true);
    expect(sameValue([option('x')], [])).toBe(false);
    expect(sameValue('a', 'b')).toBe(false);
    expect(sameValue(['F1'], [{ id: 'F1', name: 'a.txt' }])).toBe(true);
    expect(sameValue(undefined, null)).toBe(true);
  });
});

it('an overflow menu sends the option that was chosen', () => {
  expect([memberOf('overflow'), memberOf('button')]).toEqual(['selected_option', undefined]);
});
