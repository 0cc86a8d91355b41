import { isObject, type Json, type JsonObject } from '../json.ts';
import { elementsIn, type Placed } from './elements.ts';
import { INPUT_KINDS } from './input-kinds.ts';

/** `state.values`: by block, by action, `{type, <member>}` (§5 "view.state value object"). */
export type Values = Record<string, Record<string, JsonObject>>;

/** What the values start with: each element's initial value, else null or an empty list. */
export function initialValues(blocks: readonly Json[], conversation?: string | null): Values {
  return valuesOf(blocks, (one) => initialValue(one, conversation ?? null));
}

/**
 * The values after blocks were replaced: what a person entered stays where block_id, action_id and type are the same,
 * so that an app can update a form that is being filled in.
 */
export function keptValues(before: Values, blocks: readonly Json[], conversation?: string | null): Values {
  return valuesOf(blocks, (one) => {
    const known = before[one.blockId]?.[one.actionId];
    return known?.type === one.type ? known : initialValue(one, conversation ?? null);
  });
}

/** Values with one more set. */
export function withValue(values: Values, blockId: string, actionId: string, value: JsonObject): Values {
  return { ...values, [blockId]: { ...values[blockId], [actionId]: value } };
}

/** Whether a value says nothing: null, or an empty list. */
export function isEmptyValue(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function valuesOf(blocks: readonly Json[], value: (one: Placed) => JsonObject | undefined): Values {
  let values: Values = {};
  for (const one of elementsIn(blocks)) {
    const found = value(one);
    if (found) values = withValue(values, one.blockId, one.actionId, found);
  }
  return values;
}

function initialValue({ type, element }: Placed, conversation: string | null): JsonObject | undefined {
  const kind = INPUT_KINDS[type];
  if (!kind) return undefined;
  const given = element[kind.initial];
  if (given !== undefined && given !== null) return { type, [kind.member]: structuredClone(given) };
  const current = element.default_to_current_conversation === true ? conversation : null;
  if (current !== null && isConversations(type))
    return { type, [kind.member]: kind.list ? [current] : current };
  return { type, [kind.member]: kind.list ? [] : null };
}

function isConversations(type: string): boolean {
  return type === 'conversations_select' || type === 'multi_conversations_select';
}

/** The options that an element itself carries, of its groups too. */
export function ownOptions(element: JsonObject): JsonObject[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  return [element.options, ...groups.map((group) => group.options)]
    .flatMap((options) => (Array.isArray(options) ? options : []))
    .filter(isObject);
}
