import { isObject, type Json, type JsonObject } from '../json.ts';
import { ELEMENT_TYPES } from './elements.ts';

/** A part of a payload and where it stands. */
export type Placed = { value: JsonObject; pointer: string };

/** An interactive element and the block that holds it. */
export type InteractiveElement = { element: JsonObject; block: JsonObject; blockId: string };

/** Where blocks hold blocks: children of containers, cards of carousels, tasks of plans. */
const BLOCK_SLOTS: Record<string, string> = {
  carousel: 'elements',
  container: 'child_blocks',
  plan: 'tasks',
};

/** Where blocks hold interactive elements. */
const ELEMENT_SLOTS: Record<string, string> = {
  actions: 'elements',
  card: 'actions',
  context_actions: 'elements',
  input: 'element',
  section: 'accessory',
};

/** All blocks in document order, those within blocks too. */
export function eachBlock(blocks: readonly Json[], pointer = ''): Placed[] {
  return blocks.flatMap((value, at): Placed[] => {
    if (!isObject(value)) return [];
    const here = { value, pointer: `${pointer}/${at}` };
    const slot = BLOCK_SLOTS[String(value.type)];
    const inner = slot === undefined ? undefined : value[slot];
    return Array.isArray(inner) ? [here, ...eachBlock(inner, `${here.pointer}/${slot}`)] : [here];
  });
}

/** The interactive elements that one block holds itself. */
export function elementsOf({ value: block, pointer }: Placed): Placed[] {
  const slot = ELEMENT_SLOTS[String(block.type)];
  const held = slot === undefined ? undefined : block[slot];
  const found = Array.isArray(held)
    ? held.map((value, at) => ({ value, pointer: `${pointer}/${slot}/${at}` }))
    : [{ value: held, pointer: `${pointer}/${slot}` }];
  return found.flatMap(({ value, pointer: at }) =>
    isObject(value) && ELEMENT_TYPES.has(String(value.type)) ? [{ value, pointer: at }] : [],
  );
}

/** Every interactive element of a message or view, wherever it may stand (§3.1, §3.2). */
export function interactiveElements(blocks: readonly Json[]): InteractiveElement[] {
  return eachBlock(blocks).flatMap((placed) =>
    elementsOf(placed).map(({ value: element }) => ({
      element,
      block: placed.value,
      blockId: String(placed.value.block_id),
    })),
  );
}
