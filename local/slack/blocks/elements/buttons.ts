import { LIMITS } from '../limits.ts';
import { confirm, plainText } from '../objects.ts';
import { array, object, oneOf, optional, string } from '../rules.ts';
import { element } from './element.ts';

/** Elements that are pressed (§3.2 button, workflow_button, feedback_buttons, icon_button). */

const { text, value, accessibilityLabel } = LIMITS.button;
const style = optional(oneOf('primary', 'danger'));
const label = optional(string(accessibilityLabel));

export const button = element('button', {
  text: plainText(text),
  value: optional(string(value, 0)),
  url: optional(string(LIMITS.url)),
  style,
  confirm: optional(confirm),
  accessibility_label: label,
});

export const workflowButton = element('workflow_button', {
  text: plainText(text),
  workflow: object({
    trigger: object({
      url: string(LIMITS.url),
      customizable_input_parameters: optional(array(object({ name: string(), value: string(undefined, 0) }))),
    }),
  }),
  style,
  confirm: optional(confirm),
  accessibility_label: label,
});

const feedbackButton = object({ text: plainText(text), value: string(value), accessibility_label: label });

export const feedbackButtons = element('feedback_buttons', {
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});

export const iconButton = element('icon_button', {
  icon: string(),
  text: plainText(text),
  value: optional(string(value, 0)),
  accessibility_label: label,
  visible_to_user_ids: optional(array(string())),
  confirm: optional(confirm),
});
