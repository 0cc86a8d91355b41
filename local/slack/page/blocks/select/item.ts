import { isObject, type Json, type JsonObject } from '../../../json.ts';
import { objectsOf, plainOf, wordOf } from '../read.ts';

/** Something that can be chosen in a menu. */
export type Item = {
  value: string;
  label: string;
  description: string;
  /** What the element's value holds of it: an option, or an id. */
  json: Json;
};

/** Items under one label; without label for those that stand alone. */
export type ItemGroup = { label: string; items: Item[] };

export const optionItem = (option: JsonObject): Item => ({
  value: wordOf(option.value),
  label: plainOf(option.text),
  description: plainOf(option.description),
  json: option,
});

/** Options and option groups as the element, or the app's answer, has them. */
export function optionGroups(given: { options?: Json; option_groups?: Json } | JsonObject): ItemGroup[] {
  const groups = objectsOf(given.option_groups).map((group) => ({
    label: plainOf(group.label),
    items: objectsOf(group.options).map(optionItem),
  }));
  const alone = objectsOf(given.options).map(optionItem);
  return alone.length > 0 ? [{ label: '', items: alone }, ...groups] : groups;
}

/** Groups with the items that hold all words of the query, in label or description; empty groups are left out. */
export function found(groups: ItemGroup[], query: string): ItemGroup[] {
  const words = query.toLowerCase().split(/\s+/);
  return groups
    .map((group) => ({
      ...group,
      items: group.items.filter(({ label, description }) => {
        const text = `${label} ${description} ${group.label}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.items.length > 0);
}

/** The items that a value holds: options carry their words, ids are looked up. */
export function chosenItems(value: Json, known: ItemGroup[]): Item[] {
  const list = Array.isArray(value) ? value : value === null ? [] : [value];
  return list.map((one) => {
    if (isObject(one)) return optionItem(one);
    const id = String(one);
    const item = known.flatMap((group) => group.items).find((other) => other.value === id);
    return item ?? { value: id, label: id, description: '', json: one };
  });
}
