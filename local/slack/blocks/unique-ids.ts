import type { Json } from '../json.ts';
import type { Fault } from './check.ts';
import { eachBlock, elementsOf, type Placed } from './walk.ts';

/** `block_id` unique per message or view, `action_id` unique in its block (§3 Global). */
export function uniqueIds(blocks: readonly Json[], pointer: string): Fault[] {
  const placed = eachBlock(blocks, pointer);
  return [
    ...duplicates(placed, 'block_id'),
    ...placed.flatMap((one) => duplicates(elementsOf(one), 'action_id')),
  ];
}

function duplicates(placed: Placed[], name: 'block_id' | 'action_id'): Fault[] {
  const seen = new Set<string>();
  return placed.flatMap(({ value, pointer }): Fault[] => {
    const id = value[name];
    if (typeof id !== 'string') return [];
    const isNew = !seen.has(id);
    seen.add(id);
    if (isNew) return [];
    const message = `\`${name}\` ${id} already exists`;
    return [{ message, pointer: `${pointer}/${name}`, constraint: { type: 'unique', got: id } }];
  });
}
