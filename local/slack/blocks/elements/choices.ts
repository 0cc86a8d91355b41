import { LIMITS } from '../limits.ts';
import { confirm } from '../objects.ts';
import { initialAmongOptions, markedOption, overflowOption } from '../options.ts';
import { array, boolean, optional } from '../rules.ts';
import { element } from './element.ts';

/** Elements whose options all show at once, and the overflow menu (§3.2). */

export const checkboxes = element(
  'checkboxes',
  {
    options: array(markedOption, LIMITS.checkboxes.options),
    initial_options: optional(array(markedOption, LIMITS.checkboxes.options)),
    confirm: optional(confirm),
    focus_on_load: optional(boolean),
  },
  initialAmongOptions,
);

export const radioButtons = element(
  'radio_buttons',
  {
    options: array(markedOption, LIMITS.radioButtons.options),
    initial_option: optional(markedOption),
    confirm: optional(confirm),
    focus_on_load: optional(boolean),
  },
  initialAmongOptions,
);

export const overflow = element('overflow', {
  options: array(overflowOption, LIMITS.overflow.options, LIMITS.overflow.minOptions),
  confirm: optional(confirm),
});
