import { isObject, type JsonObject } from '../json.ts';
import { ActError } from './act-error.ts';
import type { Placed } from './elements.ts';
import { type Input, type InputContext, readInput } from './read-input.ts';

/** What acting on an element comes to: its entry of `actions[]`, and the value that it keeps from now on. */
export type Acted = { action: JsonObject; value: JsonObject | undefined };

/** A person's act on an element (§5 "actions[] by type"). @throws ActError for what cannot be done */
export function acted(
  context: InputContext,
  placed: Placed,
  given: Input,
  moment: { user: string; actionTs: string },
): Acted {
  const { element, type } = placed;
  const base = { type, action_id: placed.actionId, block_id: placed.blockId, action_ts: moment.actionTs };
  switch (type) {
    case 'button':
      refuseValue(type, given);
      return {
        action: { ...base, text: element.text, value: element.value, style: element.style },
        value: undefined,
      };
    case 'icon_button': {
      refuseValue(type, given);
      const seenBy = element.visible_to_user_ids;
      if (Array.isArray(seenBy) && !seenBy.includes(moment.user))
        throw new ActError('this button is shown to other people only');
      return {
        action: { ...base, icon: element.icon, text: element.text, value: element.value },
        value: undefined,
      };
    }
    case 'feedback_buttons': {
      const button = given.choice === 'negative' ? element.negative_button : element.positive_button;
      const { text, value } = isObject(button) ? button : {};
      return { action: { ...base, text, value }, value: undefined };
    }
    case 'workflow_button':
      throw new ActError('a workflow_button starts a workflow of Slack; the simulator has none');
    default: {
      const value = readInput(context, placed, given);
      return { action: { ...base, ...value }, value: type === 'overflow' ? undefined : value };
    }
  }
}

function refuseValue(type: string, given: Input): void {
  // `choice` was always allowed on any button; it says nothing here.
  const names = Object.entries(given).filter(([name, value]) => value !== undefined && name !== 'choice');
  if (names.length > 0) throw new ActError(`a ${type} takes no value`);
}
