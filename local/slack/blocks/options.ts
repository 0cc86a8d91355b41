import { isObject, type Json, type JsonObject } from '../json.ts';
import { LIMITS } from './limits.ts';
import { anyText, plainText } from './objects.ts';
import { array, type Check, object, optional, type Rule, string } from './rules.ts';

/** Options and option groups of §3.2. */

const { option: MAX, optionGroup, select } = LIMITS;

/** An option of a menu: its texts are plain. */
export const option: Rule = object({
  text: plainText(MAX.text),
  value: string(MAX.value),
  description: optional(plainText(MAX.description)),
});

/** An option of an overflow menu may also open a page. */
export const overflowOption: Rule = object({
  text: plainText(MAX.text),
  value: string(MAX.value),
  description: optional(plainText(MAX.description)),
  url: optional(string(LIMITS.url)),
});

/** An option of checkboxes and radio buttons may have mrkdwn. */
export const markedOption: Rule = object({
  text: anyText(MAX.text),
  value: string(MAX.value),
  description: optional(anyText(MAX.description)),
});

export const group: Rule = object({
  label: plainText(optionGroup.label),
  options: array(option, optionGroup.options),
});

export const options = array(option, select.options);
export const optionGroups = array(group, select.optionGroups);

/** `initial_option` or `initial_options` must be among the element's options or those of its groups. */
export const initialAmongOptions: Check = (value) => {
  const known = new Set(offered(value).map(identity));
  const single = value.initial_option;
  if (isObject(single) && !known.has(identity(single)))
    return { message: 'must match one of the options', at: '/initial_option' };
  const several = Array.isArray(value.initial_options) ? value.initial_options : [];
  const stranger = several.findIndex((one) => !known.has(identity(one)));
  return stranger < 0
    ? undefined
    : { message: 'must match one of the options', at: `/initial_options/${stranger}` };
};

/** All options that an element offers, those of its groups too. */
export function offered(element: JsonObject): JsonObject[] {
  const groups = listOf(element.option_groups).flatMap((one) => listOf(one.options));
  return [...listOf(element.options), ...groups];
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** "Exactly matches" (§3.2): the value and the visible texts; defaults like `emoji` make no difference. */
function identity(option: Json): string {
  if (!isObject(option)) return '';
  const text = (member: Json | undefined) => (isObject(member) ? `${member.type}:${member.text}` : '');
  return JSON.stringify([option.value ?? null, text(option.text), text(option.description)]);
}
