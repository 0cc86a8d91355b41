/** Where and for whom something is chosen. */
export interface ChoicePlace {
  agent: string;
  installationId: string;
  channel: string;
  userId: string;
}

/** Settings that hold for some: every field that is given must match. */
export interface PlaceRule {
  /** An agent's name. */
  agent?: string;
  /** Slack's id of the workspace or organisation that the app is installed in. */
  workspace?: string;
  /** A channel's id. */
  channel?: string;
  /** A person's user id. */
  person?: string;
}

/**
 * The rules that match a place, the most specific last: person outweighs channel, channel workspace, workspace agent;
 * of two alike the one that says more, then the later one.
 */
export function matchingRules<R extends PlaceRule>(rules: readonly R[], place: ChoicePlace): R[] {
  // Sorting is stable: of two alike the later stays behind.
  return rules.filter((rule) => matches(rule, place)).sort((one, other) => rank(one) - rank(other));
}

function matches({ agent, workspace, channel, person }: PlaceRule, place: ChoicePlace): boolean {
  return (
    (agent === undefined || agent === place.agent) &&
    (workspace === undefined || workspace === place.installationId) &&
    (channel === undefined || channel === place.channel) &&
    (person === undefined || person === place.userId)
  );
}

/** Each field outweighs all that are less specific. */
function rank({ agent, workspace, channel, person }: PlaceRule): number {
  return (person ? 8 : 0) + (channel ? 4 : 0) + (workspace ? 2 : 0) + (agent ? 1 : 0);
}
