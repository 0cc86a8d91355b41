import { openAnswer } from '../plan/find-answer.ts';
import type { PlannedCall } from '../plan/plan.ts';
import { newStandIn } from '../plan/plan-progress.ts';
import { firstSpot, type RelayView, type Spot, type Whole } from '../record.ts';
import type { Next } from './failures.ts';

/** Streams that may be lost in a row; then Slack does not want this turn to stream (case S-4). */
const LOST = 2;

/** What a failed call leaves: another view to plan from, or the same one after a delay. */
export type Recovery = { view: RelayView } | { again: 'later' | 'rarely' };

/** The rows that change what is shown, and how. The others say when the same call is made again. */
export type ViewChange = Exclude<Next, 'wait' | 'ask'>;

/**
 * Carries out a row of the failure table on the view that stood before the call.
 *
 * @param call the call that was refused
 * @param messageStart where the open message's content begins in the log, for what is shown again
 */
export function recover(
  view: RelayView,
  next: ViewChange,
  call: Pick<PlannedCall, 'after' | 'brings'>,
  messageStart: Spot | undefined,
): Recovery {
  // An answer that was looked for and posted in one go: the view does not know of it yet.
  if (!view.whole && call.after.whole?.answer)
    return recover({ ...view, whole: openAnswer(view) }, next, call, messageStart);
  const { message, ...closed } = view;
  // It may be the charts that Slack does not take: the answer goes on without them, and they come behind it.
  const refused = next === 'withoutCards' || next === 'plain' || next === 'roll';
  if (refused && call.after.charts && !view.chartless) return { view: { ...view, chartless: true } };
  // Nor its footer and thumbs (P-ST 30): they go before the cards do, which would not come to their end without.
  if ((next === 'withoutCards' || next === 'abandon') && call.after.finished && !view.bare)
    return { view: { ...view, bare: true } };
  switch (next) {
    case 'slow':
      return { again: 'rarely' };
    case 'repeat':
      return { again: 'later' };
    case 'reopen':
      // Nothing of the log is missing: the stream is gone and so is the call's work.
      if (!call.brings) return { view: call.after };
      return { view: lose(closed, closed.spot, call.after.finished === true) };
    case 'restart':
      return { view: lose(closed, messageStart ?? firstSpot, call.after.finished === true) };
    case 'roll':
      if (call.after.finished && view.tight && !view.bare) return { view: { ...view, bare: true } };
      return { view: leave(call.after.finished ? tighten(view) : view, 1) };
    case 'abandon':
      return { view: leave(view, 2) };
    case 'withoutCards':
      if (!view.cardless) return { view: { ...view, cardless: true } };
      // It is none of the cards' doing: the message is stopped as it is, so that it does not end as an error.
      if (message && message.full !== 2) return { view: { ...view, message: { ...message, full: 2 } } };
      return { view: inWhole(closed, view.spot) };
    case 'whole': {
      const whole = inWhole(closed, view.spot);
      // No stream was opened, or none again: a posted message shows meanwhile that work goes on (case P-34).
      const opens = call.after.message?.ts === '';
      return { view: opens ? { ...whole, progress: view.progress ?? newStandIn(view.spot) } : whole };
    }
    case 'plain':
      return view.whole?.form === 'plain' ? toPerson(view) : { view: changeWhole(view, { form: 'plain' }) };
    case 'person':
      return toPerson(view);
    case 'withoutProgress': {
      const { progress: _gone, ...without } = view;
      return { view: without };
    }
  }
}

/** The message is stopped without what was refused, then without anything; one that refuses even that is left behind. */
function leave(view: RelayView, full: 1 | 2): RelayView {
  const { message, ...closed } = view;
  if (!message || message.full === 2) return lose(closed, closed.spot, false);
  return { ...view, message: { ...message, full: message.full ? 2 : full } };
}

/** An end that is too long for a message of its own as well must do without the cards that it would end. */
function tighten(view: RelayView): RelayView {
  return view.tight ? { ...view, cardless: true } : { ...view, tight: true };
}

/** The answer is posted whole from a place in the log on. */
export function inWhole(view: RelayView, from: Spot): RelayView {
  const { message: _gone, ...closed } = view;
  return { ...closed, whole: { from: withoutPause(from), parts: 0, form: 'blocks', to: 'thread' } };
}

/** The next stream takes over; at the end, or after too many, what is missing is posted. */
function lose(closed: RelayView, spot: Spot, atEnd: boolean): RelayView {
  const lost = (closed.lost ?? 0) + 1;
  return atEnd || lost > LOST ? inWhole(closed, spot) : { ...closed, spot, lost };
}

function toPerson(view: RelayView): Recovery {
  if (!view.whole) {
    // The stand-in could not be posted: without it, then.
    const { progress: _gone, ...without } = view;
    return { view: without };
  }
  if (view.whole.to === 'person' && view.whole.form === 'plain') return { again: 'rarely' };
  if (view.whole.to === 'person') return { view: changeWhole(view, { form: 'plain' }) };
  return { view: changeWhole(view, { form: 'blocks', to: 'person' }) };
}

function changeWhole(view: RelayView, change: Partial<Whole>): RelayView {
  return view.whole ? { ...view, whole: { ...view.whole, ...change } } : view;
}

function withoutPause({ paused: _over, ...spot }: Spot): Spot {
  return spot;
}
