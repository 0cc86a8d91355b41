import type { ModelChoice } from './model-choice.ts';

/** Another model for some: every field that is given must match. Settings hold these as `overrides`. */
export interface ModelOverride extends ModelChoice {
  /** An agent's name. */
  agent?: string;
  /** Slack's id of the workspace or organisation that the app is installed in. */
  workspace?: string;
  /** A channel's id. */
  channel?: string;
  /** A person's user id. */
  person?: string;
}

/** Where and for whom a model is chosen. */
export interface ModelPlace {
  agent: string;
  installationId: string;
  channel: string;
  userId: string;
}

/**
 * Chooses the model of a turn: the most specific override that matches wins, person before channel before workspace
 * before agent; of two alike the one that says more, then the later one.
 *
 * @returns undefined where none matches: the agent's own model answers, or the deployment's
 */
export function chooseModel(overrides: readonly ModelOverride[], place: ModelPlace): ModelChoice | undefined {
  let chosen: ModelOverride | undefined;
  for (const override of overrides)
    if (matches(override, place) && (!chosen || rank(override) >= rank(chosen))) chosen = override;
  if (!chosen) return undefined;
  return { model: chosen.model, ...(chosen.effort ? { effort: chosen.effort } : {}) };
}

function matches({ agent, workspace, channel, person }: ModelOverride, place: ModelPlace): boolean {
  return (
    (agent === undefined || agent === place.agent) &&
    (workspace === undefined || workspace === place.installationId) &&
    (channel === undefined || channel === place.channel) &&
    (person === undefined || person === place.userId)
  );
}

/** Each field outweighs all that are less specific. */
function rank({ agent, workspace, channel, person }: ModelOverride): number {
  return (person ? 8 : 0) + (channel ? 4 : 0) + (workspace ? 2 : 0) + (agent ? 1 : 0);
}
