import { type InteractiveElement, interactiveElements } from '../blocks/walk.ts';
import type { Json, JsonObject } from '../json.ts';

/**
 * The element of a message or view that a person acts on: anywhere an interactive element may stand.
 *
 * @param blockId needed only where several blocks use the same `action_id`; otherwise the first one is meant
 */
export function findAction(
  surface: { blocks: readonly Json[] },
  actionId: string,
  blockId?: string,
): InteractiveElement | undefined {
  return interactiveElements(surface.blocks).find(
    (one) => one.element.action_id === actionId && (blockId === undefined || one.blockId === blockId),
  );
}

/** The interactive elements of a block and of the blocks in it. */
export function pressable(block: JsonObject): JsonObject[] {
  return interactiveElements([block]).map(({ element }) => element);
}
