import { confirm, image, plainText } from './objects.ts';
import { array, boolean, number, type ObjectRule, object, oneOf, optional, string } from './rules.ts';

/** Interactive elements of §3.2, as far as the product uses them. */

export const button = object({
  type: oneOf('button'),
  text: plainText(75),
  action_id: optional(string(255)),
  value: optional(string(2000, 0)),
  url: optional(string(3000)),
  style: optional(oneOf('primary', 'danger')),
  confirm: optional(confirm),
  accessibility_label: optional(string(75)),
});

const feedbackButton = object({
  text: plainText(75),
  value: string(2000),
  accessibility_label: optional(string(75)),
});

export const feedbackButtons = object({
  type: oneOf('feedback_buttons'),
  action_id: optional(string(255)),
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});

export const iconButton = object({
  type: oneOf('icon_button'),
  icon: string(),
  text: plainText(75),
  action_id: optional(string(255)),
  value: optional(string(2000, 0)),
  accessibility_label: optional(string(75)),
  visible_to_user_ids: optional(array(string())),
  confirm: optional(confirm),
});

export const plainTextInput = object({
  type: oneOf('plain_text_input'),
  action_id: optional(string(255)),
  initial_value: optional(string(undefined, 0)),
  multiline: optional(boolean),
  // The upper bound of max_length is uncertain (§3.2); 3000 is what the documentation names for min_length.
  min_length: optional(number(0, 3000)),
  max_length: optional(number(1, 3000)),
  placeholder: optional(plainText(150)),
  focus_on_load: optional(boolean),
  dispatch_action_config: optional(
    object({ trigger_actions_on: optional(array(oneOf('on_enter_pressed', 'on_character_entered'))) }),
  ),
});

export const ACTIONS_ELEMENTS: Record<string, ObjectRule> = { button };
export const ACCESSORIES: Record<string, ObjectRule> = { button, image };
export const INPUT_ELEMENTS: Record<string, ObjectRule> = { plain_text_input: plainTextInput };
export const CONTEXT_ACTIONS_ELEMENTS: Record<string, ObjectRule> = {
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
};
