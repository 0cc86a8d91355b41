import type { Burst, OpenCard } from '../record.ts';
import { burstTitle, lineOf, newBurst, withCall, withResult } from './burst.ts';
import { hasDigest } from './card-text.ts';
import type { Draft } from './draft.ts';
import { isAgentCall } from './own-steps.ts';
import { isPlaceholder } from './placeholder.ts';

/** A step of the log, as its card shows it. */
export interface Step {
  id: string;
  title: string;
  /** Its arguments for people; may be empty. */
  preview: string;
}

/**
 * A step begins: it joins the open burst of a timeline, takes the place there of a card that stood for it, or gets a
 * card of its own. One that is known is passed over: a run that took over shows its open calls once more.
 *
 * @returns false when the message has no room for it
 */
export function beginStep(draft: Draft, step: Step): boolean {
  const { id, title, preview } = step;
  if (draft.openCard(id) || hasDigest(draft.spot.ended, id)) return true;
  // In a timeline calls in a row share a card.
  const isShared = draft.timeline && isAgentCall(id);
  const burst = isShared ? openBurst(draft) : undefined;
  // In a plan each step is a card of its own beside the one that stood for them all (case P-9).
  const place = burst ?? (draft.timeline ? placeholderOf(draft) : undefined);
  const details = isShared ? lineOf(step, true) : preview;
  if (!draft.hasRoomFor({ title, details }, place === undefined)) return false;
  if (burst) {
    resume(draft);
    draft.addCall(burst.id, withCall(burst.burst, id, title), step);
    return true;
  }
  beginContent(draft, place);
  const calls = newBurst(id, title);
  const shown = { title, status: 'in_progress' as const, ...(details ? { details } : {}) };
  if (isShared) {
    if (!place) draft.beginCard({ id, title: burstTitle(calls), status: 'in_progress', burst: calls });
    draft.addCall(place?.id ?? id, calls, step);
  } else if (place) draft.changeCard(place, { ...shown, burst: { ...calls, calls: 0, closed: true } });
  else draft.beginCard({ id, ...shown });
  return true;
}

/**
 * A step comes to its end. A burst keeps the result until its card ends, for Slack takes an output once. A second end
 * of a step is passed over, however late it comes (case P-23); one without a beginning gets its card now (case G-32).
 *
 * @returns false when the message has no room for it
 */
export function endStep(draft: Draft, step: Step, status: 'complete' | 'error', output: string): boolean {
  const { id } = step;
  if (!draft.openCard(id)) {
    if (hasDigest(draft.spot.ended, id)) return true;
    if (!beginStep(draft, step)) return false;
  }
  resume(draft);
  const card = draft.openCard(id);
  if (!card) return true;
  if (!card.burst) {
    if (!hasRoomForEnd(draft, card, output)) return false;
    beginContent(draft);
    draft.endCard(card, status, output);
    return true;
  }
  const burst = withResult(card.burst, id, status, output);
  const isLast = burst.closed === true && burst.running === '';
  if (isLast && !hasRoomForEnd(draft, card, burst.output ?? '')) return false;
  draft.endStep(id, status);
  if (isLast) draft.endCard({ ...card, burst }, status);
  else draft.keepBurst(card, burst);
  return true;
}

/** Whether a card's end has room; one that stands in a message before alone comes again with it. */
export function hasRoomForEnd(draft: Draft, card: OpenCard, output = ''): boolean {
  const isNew = card.absent === true;
  return draft.hasRoomFor({ title: isNew ? card.title : '', output }, isNew);
}

/** The card that stands for what is still to come. */
export function placeholderOf(draft: Draft): OpenCard | undefined {
  return draft.spot.open.find(isPlaceholder);
}

/**
 * Something else than a call is shown: what stood for it ends, and no call joins the burst above it. A burst whose
 * calls all have their results ends at once; another one goes on spinning above the text until its last result is
 * there, so that no card says of a call that it is done, or lost its failure, before that is known.
 *
 * @param place a placeholder that is to become a step
 */
export function beginContent(draft: Draft, place?: OpenCard): void {
  resume(draft);
  for (const card of draft.spot.open) {
    if (isPlaceholder(card) && card.id !== place?.id) draft.endCard(card, 'complete');
    else if (card.burst?.running === '') draft.endCard(card, 'complete');
    else if (card.burst && !card.burst.closed) draft.keepBurst(card, { ...card.burst, closed: true });
  }
}

/** What waited for people goes on; in a new message its cards are shown again. */
export function resume(draft: Draft): void {
  if (draft.spot.paused === undefined) return;
  const { paused: _over, ...spot } = draft.spot;
  draft.spot = spot;
  draft.carryCards('in_progress');
}

function openBurst(draft: Draft): (OpenCard & { burst: Burst }) | undefined {
  for (const card of draft.spot.open)
    if (card.burst && !card.burst.closed) return { ...card, burst: card.burst };
  return undefined;
}
