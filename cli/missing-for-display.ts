import type { DisplayChoice } from '../core/display/display.ts';

/**
 * What stays away because a token lacks scopes, though somebody turned it on. The progress line needs none beside
 * `chat:write`, without which nothing is shown at all.
 *
 * @param choices what doors and settings want
 * @returns the rest of a sentence, or nothing
 */
export function missingForDisplay(missing: readonly string[], choices: readonly DisplayChoice[]): string {
  const reactions = choices.some((choice) => choice.reactions) && missing.includes('reactions:write');
  return reactions ? '; reactions on requests are turned on and stay away until it has them' : '';
}
