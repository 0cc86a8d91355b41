import type { Rating } from './record.ts';

/** Action id of the thumbs. It outlives deploys: an answer may be rated long after it was given. */
export const feedbackActionId = 'sluice_feedback';

/** What a thumb carries: the turn's id and which thumb it is. */
export function feedbackValue(turnId: string, rating: Rating): string {
  return `${turnId}:${rating}`;
}

/** The inverse of `feedbackValue`; undefined for a value that no thumb of ours carries. */
export function parseFeedbackValue(
  value: string | undefined,
): { turnId: string; rating: Rating } | undefined {
  const match = /^(t[0-9a-f]{32}):(up|down)$/.exec(value ?? '');
  return match?.[1] && match[2] ? { turnId: match[1], rating: match[2] === 'up' ? 'up' : 'down' } : undefined;
}
