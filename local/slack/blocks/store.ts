import { newBlockId } from '../ids.ts';
import { isObject, type Json, wire } from '../json.ts';
import { markdownToBlocks } from '../richtext/markdown-blocks.ts';
import type { Block } from '../world/types.ts';
import { eachBlock, interactiveElements } from './walk.ts';

/**
 * Blocks as Slack stores them: each with a `block_id`, text objects and inputs with their defaults filled in, markdown
 * blocks converted (§3.1 markdown "may expand to several blocks", its `block_id` ignored), elements named.
 */
export function storedBlocks(blocks: Json[]): Block[] {
  return blocks.filter(isObject).flatMap((block) => {
    if (block.type === 'markdown') return named(markdownToBlocks(String(block.text)));
    return named([withDefaults(wire(block)) as Block]);
  });
}

/** Gives a `block_id` to blocks without one, and an `action_id` to interactive elements without one, in place. */
export function named(blocks: Block[]): Block[] {
  for (const { value } of eachBlock(blocks)) value.block_id ??= newBlockId();
  for (const { element } of interactiveElements(blocks)) element.action_id ??= newBlockId();
  return blocks;
}

/** Fills in, in place, what Slack adds to text objects and input blocks that leave it out. */
export function withDefaults(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => withDefaults(item) ?? null);
  if (!isObject(value)) return value;
  for (const [name, member] of Object.entries(value)) value[name] = withDefaults(member);
  if (value.type === 'plain_text') value.emoji ??= true;
  if (value.type === 'mrkdwn') value.verbatim ??= false;
  if (value.type === 'input') {
    value.optional ??= false;
    value.dispatch_action ??= false;
  }
  return value;
}
