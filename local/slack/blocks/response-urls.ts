import type { Json } from '../json.ts';
import type { Fault } from './check.ts';
import type { Surface } from './surfaces.ts';
import { eachBlock, elementsOf } from './walk.ts';

/** `response_url_enabled` only in input blocks of modals (§3.2 conversations and channels selects). */
export function checkResponseUrls(
  blocks: readonly Json[],
  pointer: string,
  surface: Surface | undefined,
): Fault[] {
  return eachBlock(blocks, pointer).flatMap((placed) => {
    const isAllowed = placed.value.type === 'input' && (surface === undefined || surface === 'modal');
    if (isAllowed) return [];
    return elementsOf(placed)
      .filter(({ value }) => value.response_url_enabled === true)
      .map(({ pointer: at }) => ({
        message: 'only allowed in input blocks of modals',
        pointer: `${at}/response_url_enabled`,
        constraint: { type: 'rule', expected: 'input block of a modal' },
      }));
  });
}
