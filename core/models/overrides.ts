import { type ChoicePlace, matchingRules, type PlaceRule } from '../choices/place-rule.ts';
import type { ModelChoice } from './model-choice.ts';

/** Another model for some: every field that is given must match. Settings hold these as `overrides`. */
export interface ModelOverride extends ModelChoice, PlaceRule {}

/**
 * Chooses the model of a turn: the most specific override that matches wins (`matchingRules`).
 *
 * @returns undefined where none matches: the agent's own model answers, or the deployment's
 */
export function chooseModel(
  overrides: readonly ModelOverride[],
  place: ChoicePlace,
): ModelChoice | undefined {
  const chosen = matchingRules(overrides, place).at(-1);
  if (!chosen) return undefined;
  return { model: chosen.model, ...(chosen.effort ? { effort: chosen.effort } : {}) };
}
