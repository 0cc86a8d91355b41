import { INPUT_KINDS } from '../../../interactions/input-kinds.ts';
import { isObject, type Json, type JsonObject } from '../../../json.ts';
import { wordOf } from '../read.ts';

/** A value as `state.values` has it: `{type, <member>}` (§5). */
export type Value = JsonObject;

/** What an element holds before anybody touches it. `conversation` is the one that is open. */
export function initialOf(element: JsonObject, conversation: string): Json {
  const type = wordOf(element.type);
  const kind = INPUT_KINDS[type];
  if (!kind) return null;
  const given = element[kind.initial];
  if (given !== undefined && given !== null) return given;
  const current = element.default_to_current_conversation === true ? conversation : '';
  const isConversations = type.endsWith('conversations_select');
  if (isConversations && current !== '') return kind.list ? [current] : current;
  return kind.list ? [] : null;
}

/** The member that carries an element's value; an overflow menu sends one, although it keeps none. */
export const memberOf = (type: string): string | undefined =>
  type === 'overflow' ? 'selected_option' : INPUT_KINDS[type]?.member;

/** Whether two values are one: options are known by their `value` (their texts come with drawn emoji), files by their `id`. */
export function sameValue(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(identity(one)) === JSON.stringify(identity(other));
}

function identity(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(identity);
  if (!isObject(value) || value.type === 'rich_text') return value ?? null;
  if (typeof value.value === 'string') return value.value;
  if (typeof value.id === 'string') return value.id;
  return value ?? null;
}
