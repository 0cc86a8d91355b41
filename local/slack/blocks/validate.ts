import { isObject, type Json } from '../json.ts';
import { check, type Fault } from './check.ts';
import { array, type Rule, typed } from './rules.ts';
import { MESSAGE_BLOCKS } from './table.ts';

/** Blocks of one message, and characters over all its markdown blocks (§3 Global, §3.1 markdown). */
const MAX_BLOCKS = 50;
const MAX_MARKDOWN = 12_000;

const anyBlock: Rule = typed('type', () => MESSAGE_BLOCKS);

/**
 * Checks blocks against the table of §3, all or nothing.
 *
 * @param pointer where the blocks stand in the call, e.g. `/blocks`
 * @returns the faults; empty when the blocks are good
 */
export function validateBlocks(blocks: Json | undefined, pointer = '/blocks'): Fault[] {
  const faults = check(blocks, array(anyBlock, MAX_BLOCKS, 0), pointer);
  if (faults.length > 0 || !Array.isArray(blocks)) return faults;
  return [...uniqueIds(blocks, pointer), ...markdownLength(blocks, pointer)];
}

/** A fault in the form of `response_metadata.messages` (§3). */
export function faultMessage({ message, pointer }: Fault): string {
  return `[ERROR] ${message} [json-pointer:${pointer}]`;
}

/** `block_id` unique per message, `action_id` unique in its block (§3 Global). */
function uniqueIds(blocks: Json[], pointer: string): Fault[] {
  const faults: Fault[] = [];
  const blockIds = new Set<string>();
  for (const [at, block] of blocks.entries()) {
    if (!isObject(block)) continue;
    const id = block.block_id;
    if (typeof id === 'string') {
      if (blockIds.has(id))
        faults.push({ message: `\`block_id\` ${id} already exists`, pointer: `${pointer}/${at}/block_id` });
      blockIds.add(id);
    }
    const actionIds = new Set<string>();
    for (const element of elementsOf(block)) {
      const actionId = isObject(element) ? element.action_id : undefined;
      if (typeof actionId !== 'string') continue;
      if (actionIds.has(actionId)) {
        faults.push({ message: `\`action_id\` ${actionId} already exists`, pointer: `${pointer}/${at}` });
      }
      actionIds.add(actionId);
    }
  }
  return faults;
}

function elementsOf(block: { [key: string]: Json | undefined }): Json[] {
  return [block.elements, block.actions].flatMap((list) => (Array.isArray(list) ? list : []));
}

function markdownLength(blocks: Json[], pointer: string): Fault[] {
  const total = blocks
    .filter(isObject)
    .filter((block) => block.type === 'markdown')
    .reduce((sum, block) => sum + String(block.text).length, 0);
  return total > MAX_MARKDOWN
    ? [{ message: `markdown blocks must be less than ${MAX_MARKDOWN + 1} characters in total`, pointer }]
    : [];
}
