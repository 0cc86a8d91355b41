import { newBlockId } from '../ids.ts';
import { isObject, type Json, wire } from '../json.ts';
import { markdownToBlocks } from '../richtext/markdown-blocks.ts';
import type { Block } from '../world/types.ts';

/**
 * Blocks as Slack stores them: each with a `block_id`, text objects with their defaults filled in, markdown blocks
 * converted (§3.1 markdown "may expand to several blocks", its `block_id` ignored), images named.
 */
export function storedBlocks(blocks: Json[]): Block[] {
  return blocks.filter(isObject).flatMap((block) => {
    if (block.type === 'markdown') return named(markdownToBlocks(String(block.text)));
    return named([withDefaults(wire(block)) as Block]);
  });
}

/** Gives a `block_id` to blocks without one, and an `action_id` to elements without one. */
export function named(blocks: Block[]): Block[] {
  for (const block of blocks) {
    block.block_id ??= newBlockId();
    const lists = [block.elements, block.actions, block.accessory ? [block.accessory] : undefined];
    for (const element of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
      const acts =
        isObject(element) && ['button', 'feedback_buttons', 'icon_button'].includes(String(element.type));
      if (acts) element.action_id ??= newBlockId();
    }
  }
  return blocks;
}

function withDefaults(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => withDefaults(item) ?? null);
  if (!isObject(value)) return value;
  for (const [name, member] of Object.entries(value)) value[name] = withDefaults(member);
  if (value.type === 'plain_text') value.emoji ??= true;
  if (value.type === 'mrkdwn') value.verbatim ??= false;
  return value;
}
