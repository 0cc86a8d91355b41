import { interactiveElements } from '../blocks/walk.ts';
import type { Json, JsonObject } from '../json.ts';

/** An interactive element, and where it stands. */
export type Placed = {
  element: JsonObject;
  type: string;
  actionId: string;
  blockId: string;
  /** In an `input` block: its value waits for the form to be sent, unless the block says `dispatch_action` (§4). */
  input: JsonObject | undefined;
};

/** Every element that a person can act on, in the order in which it is shown (§3.1: what each block can hold). */
export function elementsIn(blocks: readonly Json[]): Placed[] {
  return interactiveElements(blocks).map(({ element, block, blockId }) => ({
    element,
    type: String(element.type),
    actionId: String(element.action_id),
    blockId,
    input: block.type === 'input' ? block : undefined,
  }));
}

/** The element that is meant; without `blockId` the first with this `action_id`. */
export function findElement(
  blocks: readonly Json[],
  actionId: string,
  blockId: string | undefined,
): Placed | undefined {
  return elementsIn(blocks).find(
    (one) => one.actionId === actionId && (blockId === undefined || one.blockId === blockId),
  );
}
