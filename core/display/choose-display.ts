import { type ChoicePlace, matchingRules, type PlaceRule } from '../choices/place-rule.ts';
import { displayFields } from './check-display.ts';
import { type Display, type DisplayChoice, defaultDisplay } from './display.ts';

/** How turns are shown to some: every field of the place that is given must match. Settings hold these as `displays`. */
export interface DisplayRule extends DisplayChoice, PlaceRule {}

/**
 * Chooses how a turn is shown, each field by itself: from the most specific rule that matches and has it
 * (`matchingRules`), otherwise from the agent's door.
 *
 * @param own what the agent's owner wants (its door)
 * @returns what differs from the defaults, to be stored with the post; undefined where nothing does
 */
export function chooseDisplay(
  own: DisplayChoice,
  rules: readonly DisplayRule[],
  place: ChoicePlace,
): DisplayChoice | undefined {
  const wanted: DisplayChoice = Object.assign({}, own, ...matchingRules(rules, place));
  const differing = displayFields.filter(
    (field) => wanted[field] !== undefined && !isDefault(field, wanted[field]),
  );
  if (differing.length === 0) return undefined;
  return Object.fromEntries(differing.map((field) => [field, wanted[field]])) as DisplayChoice;
}

/** Lists and words alike are JSON. */
function isDefault(field: keyof Display, value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(defaultDisplay[field]);
}
