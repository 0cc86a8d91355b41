import { describe, expect, it } from 'vitest';
import { ELEMENT_TYPES } from '../../local/slack/blocks/elements.ts';
import { BLOCKS } from '../../local/slack/blocks/table.ts';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import { validateView } from '../../local/slack/blocks/validate-view.ts';
import { isObject, type Json } from '../../local/slack/json.ts';
import { home, messages, modal, pushedModal } from '../browser/gallery.ts';

/** Every `type` within a value. */
function typesIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(typesIn);
  if (!isObject(value)) return [];
  const own = typeof value.type === 'string' ? [value.type] : [];
  return [...own, ...Object.values(value).flatMap(typesIn)];
}

const shown = new Set(typesIn([...messages.map(({ blocks }) => blocks), modal, pushedModal, home]));

describe('the gallery that browser tests draw', () => {
  it.each(Object.keys(BLOCKS))('§3.1 holds a %s', (type) => {
    expect(shown).toContain(type);
  });

  it.each([...ELEMENT_TYPES])('§3.2 holds a %s', (type) => {
    expect(shown).toContain(type);
  });

  it.each(messages)('Slack takes its message "$name"', ({ blocks }) => {
    expect(validateBlocks(blocks, { surface: 'message' })).toEqual([]);
  });

  it.each([
    ['modal', modal],
    ['second view', pushedModal],
    ['home', home],
  ])('Slack takes its %s', (_name, view) => {
    expect(validateView(view)).toEqual([]);
  });
});
