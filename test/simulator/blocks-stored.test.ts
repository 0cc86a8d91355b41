import { expect, test } from 'vitest';
import { storedBlocks } from '../../local/slack/blocks/store.ts';
import { interactiveElements } from '../../local/slack/blocks/walk.ts';
import { findAction, pressable } from '../../local/slack/interactions/find-action.ts';
import { isObject, type Json, type JsonObject } from '../../local/slack/json.ts';
import { BLOCKS, ELEMENTS, element, HOSTS, mrkdwn, option, plain } from './blocks-samples.ts';

/** Every object in a payload. */
function objects(value: Json | undefined): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objects)] : [];
}

const hold = (host: string, held: JsonObject): JsonObject => HOSTS[host]?.hold(held) ?? {};
const container = (...child_blocks: JsonObject[]): JsonObject => ({
  type: 'container',
  title: plain('a'),
  child_blocks,
});
const card = (...actions: JsonObject[]): JsonObject => ({ type: 'card', title: mrkdwn('a'), actions });

/** Where interactive elements stand (§3.1). */
const PLACES: [name: string, block: (held: JsonObject) => JsonObject, type: string][] = [
  ['actions', (held) => hold('actions', held), 'static_select'],
  ['a section', (held) => hold('accessory', held), 'checkboxes'],
  ['input', (held) => hold('input', held), 'plain_text_input'],
  ['context_actions', (held) => hold('context_actions', held), 'icon_button'],
  ['a card', (held) => card(held), 'button'],
  ['a card of a carousel', (held) => ({ type: 'carousel', elements: [card(), card(held)] }), 'button'],
  ['a container', (held) => container({ type: 'divider' }, hold('input', held)), 'datepicker'],
];

test.each(PLACES)('§3.1 an element in %s gets an action_id and can be acted on', (_name, block, type) => {
  const blocks = storedBlocks([{ type: 'divider' }, block(element(type))]);
  const [found, ...others] = interactiveElements(blocks);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ element: { type, action_id: expect.stringMatching(/./) } });
  expect(found?.blockId).toBe(found?.block.block_id);
  expect(found?.blockId).toMatch(/^.+$/);
  const actionId = String(found?.element.action_id);
  expect(findAction({ blocks }, actionId)).toEqual(found);
  expect(findAction({ blocks }, actionId, found?.blockId)).toEqual(found);
  expect(findAction({ blocks }, actionId, 'other')).toBeUndefined();
  expect(blocks.flatMap(pressable)).toEqual([found?.element]);
});

test('§3.2 every type of element is interactive, pictures and texts are not', () => {
  for (const type of Object.keys(ELEMENTS)) {
    const host = ['feedback_buttons', 'icon_button'].includes(type) ? 'context_actions' : 'actions';
    expect(interactiveElements([hold(host, element(type))])).toHaveLength(1);
  }
  expect(interactiveElements([...(BLOCKS.context ?? []), ...(BLOCKS.image ?? [])])).toEqual([]);
});

test('§3 Global: of several elements with one action_id, block_id says which', () => {
  const actions = (block_id: string) => ({
    type: 'actions',
    block_id,
    elements: [element('button', { action_id: 'go' })],
  });
  const blocks = [actions('one'), actions('two')];
  expect(findAction({ blocks }, 'go')?.blockId).toBe('one');
  expect(findAction({ blocks }, 'go', 'two')?.blockId).toBe('two');
  expect(findAction({ blocks }, 'stay')).toBeUndefined();
});

test('§3 given ids stay, missing ones are made and differ', () => {
  const blocks = storedBlocks([
    {
      type: 'actions',
      block_id: 'mine',
      elements: [element('button', { action_id: 'go' }), element('overflow')],
    },
    container({ type: 'divider' }, { type: 'divider' }),
  ]);
  expect(blocks[0]).toMatchObject({ block_id: 'mine', elements: [{ action_id: 'go' }, {}] });
  const ids = objects(blocks).flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]));
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
});

test.each(Object.entries(BLOCKS))('§3.1 %s is stored with the defaults of its texts', (type, samples) => {
  for (const sample of samples) {
    const stored = storedBlocks([sample]);
    for (const one of objects(stored)) {
      if (one.type === 'plain_text') expect(one.emoji).toBe(true);
      if (one.type === 'mrkdwn') expect(one.verbatim).toBe(false);
    }
    expect(stored.every((one) => typeof one.block_id === 'string')).toBe(true);
    // Everything that was given is kept; markdown becomes other blocks.
    if (type !== 'markdown') expect(stored).toMatchObject([sample]);
  }
});

test('§3 texts in options and confirms have defaults too; what is given stays', () => {
  const menu = element('static_select', {
    options: [{ text: { ...plain('a'), emoji: false }, value: 'v' }, option(1)],
  });
  const [stored] = storedBlocks([hold('actions', menu)]);
  expect(stored).toMatchObject({
    elements: [
      { placeholder: { emoji: true }, options: [{ text: { emoji: false } }, { text: { emoji: true } }] },
    ],
  });
});

test('§3.1 input is stored with optional and dispatch_action', () => {
  const stored = storedBlocks([
    hold('input', element('plain_text_input')),
    { ...hold('input', element('datepicker')), optional: true, dispatch_action: true },
  ]);
  expect(stored).toMatchObject([
    { optional: false, dispatch_action: false },
    { optional: true, dispatch_action: true },
  ]);
});

test('§3.1 markdown: its block_id is ignored', () => {
  const stored = storedBlocks([{ type: 'markdown', text: 'a', block_id: 'mine' }]);
  expect(stored.map(({ block_id }) => block_id)).not.toContain('mine');
});

test('§3 what the caller gave is not changed', () => {
  const given = hold('input', element('plain_text_input'));
  const before = JSON.stringify(given);
  storedBlocks([given]);
  expect(JSON.stringify(given)).toBe(before);
});
