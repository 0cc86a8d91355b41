import type { Json } from '../json.ts';
import { check, type Fault } from './check.ts';
import { LIMITS } from './limits.ts';
import { group, option } from './options.ts';
import { array, exactlyOne, object, optional } from './rules.ts';

/** An app's answer to a `block_suggestion` (§5): options or groups of them, at most 100 (§3.2 external_select). */
const answer = object(
  {
    options: optional(array(option, LIMITS.select.options, 0)),
    option_groups: optional(array(group, LIMITS.select.optionGroups, 0)),
  },
  exactlyOne('options', 'option_groups'),
);

/** Checks what an app answers when a person opens or types in an external select; empty when it is good. */
export function validateOptions(given: Json | undefined, pointer = ''): Fault[] {
  return check(given, answer, pointer).map(({ message, pointer: at }) => ({ message, pointer: at }));
}
