import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Message } from '../world/types.ts';

/** Where a message has an element that can be pressed: in actions, context_actions, cards and accessories. */
export function findAction(
  message: Message,
  actionId: string,
  blockId?: string,
): { element: JsonObject; blockId: string } | undefined {
  for (const block of message.blocks) {
    if (blockId !== undefined && block.block_id !== blockId) continue;
    const element = pressable(block).find((one) => one.action_id === actionId);
    if (element) return { element, blockId: String(block.block_id) };
  }
  return undefined;
}

/** The elements of a block that can be pressed. */
export function pressable(block: JsonObject): JsonObject[] {
  const lists: (Json | undefined)[] = [
    block.elements,
    block.actions,
    block.accessory ? [block.accessory] : undefined,
  ];
  return lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isObject)
    .filter((element) => ['button', 'feedback_buttons', 'icon_button'].includes(String(element.type)));
}
