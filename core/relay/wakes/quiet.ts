import { displayOf } from '../../display/display.ts';
import type { HeldRelay } from '../lease.ts';
import type { RelayRecord } from '../record.ts';

/** Farther ahead than any turn works; the sweep looks at it now and then all the same. */
const QUIET_MS = 24 * 3_600_000;

/**
 * Sees to it that a turn which shows nothing before its end is not looked at for each batch of its log: its next wake
 * is said to be far ahead, so writers send none. Those that are urgent (a pause, an end) take precedence and come.
 */
export function keepQuiet(held: HeldRelay, now: number): void {
  if (held.record.wakeAt === undefined && isQuiet(held.record)) held.change({ wakeAt: now + QUIET_MS });
}

/** Whether nothing that a turn does before its end, or a pause, is shown. */
function isQuiet({
  view,
  display,
  closedAt,
  session,
}: Pick<RelayRecord, 'view' | 'display' | 'closedAt' | 'session'>): boolean {
  // With the first thing that it does, its session works again.
  if (session?.status === 'suspended') return false;
  if (closedAt !== undefined || view.finished || !view.whole || view.progress) return false;
  // Its stream opens yet, whatever became of the message that stood in for it.
  if (view.whole.opensAt !== undefined) return false;
  return !displayOf(display).progressLine || view.line?.gone === true;
}
