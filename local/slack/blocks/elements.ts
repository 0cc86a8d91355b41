import { button, feedbackButtons, iconButton, workflowButton } from './elements/buttons.ts';
import { checkboxes, overflow, radioButtons } from './elements/choices.ts';
import {
  emailTextInput,
  fileInput,
  numberInput,
  plainTextInput,
  richTextInput,
  urlTextInput,
} from './elements/inputs.ts';
import { datepicker, datetimepicker, timepicker } from './elements/pickers.ts';
import { MULTI_SELECTS, SELECTS } from './elements/selects.ts';
import { image } from './objects.ts';
import type { ObjectRule } from './rules.ts';

/** Which elements of §3.2 may stand in which block (§3.1). */

/** §3.1 actions: no multi-selects, whatever the types say ("unsupported element"). */
export const ACTIONS_ELEMENTS: Record<string, ObjectRule> = {
  button,
  checkboxes,
  datepicker,
  datetimepicker,
  overflow,
  radio_buttons: radioButtons,
  rich_text_input: richTextInput,
  timepicker,
  workflow_button: workflowButton,
  ...SELECTS,
};

export const ACCESSORIES: Record<string, ObjectRule> = {
  button,
  checkboxes,
  datepicker,
  image,
  overflow,
  radio_buttons: radioButtons,
  timepicker,
  workflow_button: workflowButton,
  ...SELECTS,
  ...MULTI_SELECTS,
};

export const INPUT_ELEMENTS: Record<string, ObjectRule> = {
  checkboxes,
  datepicker,
  datetimepicker,
  email_text_input: emailTextInput,
  file_input: fileInput,
  number_input: numberInput,
  plain_text_input: plainTextInput,
  radio_buttons: radioButtons,
  rich_text_input: richTextInput,
  timepicker,
  url_text_input: urlTextInput,
  ...SELECTS,
  ...MULTI_SELECTS,
};

export const CONTEXT_ACTIONS_ELEMENTS: Record<string, ObjectRule> = {
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
};

export const CARD_ACTIONS: Record<string, ObjectRule> = { button };

/** Every interactive element of §3.2: what can stand in blocks and is no picture. */
export const ELEMENT_TYPES: ReadonlySet<string> = new Set(
  [ACTIONS_ELEMENTS, ACCESSORIES, INPUT_ELEMENTS, CONTEXT_ACTIONS_ELEMENTS]
    .flatMap((elements) => Object.keys(elements))
    .filter((type) => type !== 'image'),
);
