import { eachBlock, elementsOf } from '../blocks/walk.ts';
import type { Json } from '../json.ts';
import { requireScope } from './checks.ts';
import type { Caller } from './method.ts';

/** Scopes that some blocks (§3.1 video) and elements (§3.2 file_input) need besides the method's own. */
const NEEDED: Record<string, string> = {
  video: 'links.embed:write',
  file_input: 'files:read',
};

/** @throws ApiError missing_scope for blocks that the caller may not use; the code for it is our choice */
export function requireBlockScopes(caller: Caller, blocks: readonly Json[]): void {
  const placed = eachBlock(blocks);
  for (const { value } of [...placed, ...placed.flatMap(elementsOf)]) {
    const type = String(value.type);
    const scope = Object.hasOwn(NEEDED, type) ? NEEDED[type] : undefined;
    if (scope !== undefined) requireScope(caller, scope);
  }
}
