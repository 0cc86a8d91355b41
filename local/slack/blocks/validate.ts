import type { Json } from '../json.ts';
import { check, type Fault } from './check.ts';
import { LIMITS } from './limits.ts';
import { checkResponseUrls } from './response-urls.ts';
import { array, type Rule, typed } from './rules.ts';
import type { Surface } from './surfaces.ts';
import { BLOCKS } from './table.ts';
import { checkTotals } from './totals.ts';
import { uniqueIds } from './unique-ids.ts';

/** Where blocks stand: in the call (`/blocks`), and on which surface. */
export type Where = { pointer?: string; surface?: Surface };

const anyBlock: Rule = typed('type', () => BLOCKS);

/**
 * Checks blocks against the tables of §3, all or nothing.
 *
 * @param where the pointer of the blocks, or that and the surface; without a surface they are a message's
 * @returns the faults; empty when the blocks are good
 */
export function validateBlocks(blocks: Json | undefined, where: string | Where = {}): Fault[] {
  const { pointer = '/blocks', surface = 'message' } = typeof where === 'string' ? { pointer: where } : where;
  return inspectBlocks(blocks, pointer, surface).map(({ message, pointer: at }) => ({
    message,
    pointer: at,
  }));
}

/** As validateBlocks, with constraints; without a surface whatever stands on any surface is good. */
export function inspectBlocks(blocks: Json | undefined, pointer: string, surface?: Surface): Fault[] {
  const most = LIMITS.blocks[surface ?? 'modal'];
  const faults = check(blocks, array(anyBlock, most, 0), pointer, surface);
  if (faults.length > 0 || !Array.isArray(blocks)) return faults;
  return [
    ...uniqueIds(blocks, pointer),
    ...checkResponseUrls(blocks, pointer, surface),
    ...checkTotals(blocks, pointer),
  ];
}

/**
 * The rules over all blocks of a message, for one whose blocks came in several calls: ids that are unique in it, and
 * what all blocks of a type may hold together (§3 Global, §3.1). Each call's own blocks are known to be good.
 *
 * @param pointer what of the call is to blame
 */
export function inspectTogether(blocks: readonly Json[], pointer: string): Fault[] {
  return [...uniqueIds(blocks, pointer), ...checkTotals(blocks, pointer)].map((fault) => ({
    ...fault,
    pointer,
  }));
}

/** A fault in the form of `response_metadata.messages` (§3). */
export function faultMessage({ message, pointer }: Fault): string {
  return `[ERROR] ${message} [json-pointer:${pointer}]`;
}
