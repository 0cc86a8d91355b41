import { displayOf } from '../../display/display.ts';
import type { Limits } from '../../settings.ts';
import { countSteps } from '../beside/progress-line.ts';
import type { RelayRecord, RelayView } from '../record.ts';
import { findAnswer } from './find-answer.ts';
import type { FlushPlan, FlushStream, PlannedCall } from './plan.ts';
import { closeProgress } from './plan-progress.ts';
import { type PlanContext, planStream } from './plan-stream.ts';
import { planWhole } from './plan-whole.ts';

/** A flush that would need more calls at once goes on with the next wake. */
const CALLS = 50;

/**
 * What to call to bring a turn's log into Slack: pure. The record tells what Slack shows and up to where the log
 * was read, the stream what has come since. Each planned call has the view that stands once it was applied, and a
 * time before which it must not go out. Calls depend on one another: after one that failed, plan again.
 *
 * Everything that came since the last flush goes into one call where one message has room for it: N tool steps are
 * one `appendStream` with N+1 transitions (cases P-8, P-9), the end is one `stopStream` (case P-1).
 *
 * The record's display says on which of the three surfaces the turn is shown (capability 11): it was chosen when the
 * turn was asked for, and nothing is evaluated here (case P-2).
 *
 * @param rollAgeMs the age at which a message that is opened now is rolled into a new one, drawn by the caller
 */
export function planFlush(
  record: Pick<RelayRecord, 'turnId' | 'requester' | 'lastAppendAt' | 'view' | 'display'>,
  stream: FlushStream,
  limits: Limits,
  now: number,
  rollAgeMs: number,
): FlushPlan {
  const calls: PlannedCall[] = [];
  const { surface } = displayOf(record.display);
  let view = countSteps(record.view, record, stream.batches);
  if (surface === 'final') {
    const found = findAnswer(view, stream.batches);
    view = found.view;
    if (found.unread) return { calls, view, unread: true };
  }
  let context: PlanContext = { record, limits, now, rollAgeMs, timeline: surface === 'timeline' };
  while (calls.length < CALLS) {
    const next = nextCall(view, stream, context);
    if (!('method' in next)) return { calls, view: next.view };
    calls.push(next);
    view = next.after;
    context = { ...context, now: next.at };
    if (next.method === 'chat.appendStream')
      context = { ...context, record: { ...context.record, lastAppendAt: next.at } };
  }
  return { calls, view };
}

function nextCall(
  view: RelayView,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  if (view.whole) return planWhole(view, view.whole, stream, context);
  if (!view.finished) return planStream(view, stream, context);
  // A stand-in that could not be closed when the stream opened.
  return view.progress ? closeProgress(view, stream, context) : { view };
}
