import type { SlackApi } from '../slack/api.ts';
import type { TurnRecord } from '../turns/record.ts';
import { hasEnded } from '../turns/transitions.ts';
import { SHORT_WAIT_MS } from './budget/await-slot.ts';
import { callBestEffort } from './budget/best-effort.ts';
import type { RelayDeps } from './deps.ts';
import type { HeldRelay } from './lease.ts';
import { closedProgress, newStandIn } from './plan/plan-progress.ts';
import type { RelayView } from './record.ts';

/**
 * Shows a turn by a posted message until its stream may open: other turns have the workspace's streams. All that
 * comes from here on goes into the stream once more, so the message is a stand-in for it and no part of the answer.
 *
 * @param opensAt the slot that is reserved for the stream, epoch milliseconds
 */
export function standIn({ message: _none, ...view }: RelayView, opensAt: number): RelayView {
  const { spot } = view;
  return {
    ...view,
    whole: { from: spot, parts: 0, form: 'blocks', to: 'thread', opensAt },
    progress: { ...(view.progress ?? newStandIn(spot)), tail: '' },
  };
}

/** When the stream of a turn that is shown by a stand-in opens; a turn that waits for people needs none. */
function opensAt(
  { whole }: Pick<RelayView, 'whole'>,
  turn: Pick<TurnRecord, 'state' | 'end'>,
): number | undefined {
  if (whole?.opensAt === undefined || whole.parts > 0) return undefined;
  return hasEnded(turn) || turn.state === 'paused' ? undefined : whole.opensAt;
}

/** When a slot comes that is reserved for a turn's stream to be opened or stopped. */
export const streamSlotAt = (view: RelayView, turn: Pick<TurnRecord, 'state' | 'end'>): number | undefined =>
  view.message?.stopsAt ?? opensAt(view, turn);

/** @returns whether the turn goes on as a stream now: its log is to be read again from where the stand-in began */
export function leaveStandIn(
  { now }: Pick<RelayDeps, 'now'>,
  held: HeldRelay,
  turn: Pick<TurnRecord, 'state' | 'end'>,
): boolean {
  const { whole, ...view } = held.record.view;
  const at = opensAt({ ...(whole ? { whole } : {}) }, turn);
  if (!whole || at === undefined || at > now() + SHORT_WAIT_MS) return false;
  held.change({ view: { ...view, spot: whole.from } });
  return true;
}

/**
 * The stream stands below: the stand-in keeps its steps and gives up its text, so that each text is there once. It
 * waits for no budget; the turn's end sees to it otherwise.
 */
export async function closeStandIn(
  deps: Pick<RelayDeps, 'store' | 'now' | 'tiers' | 'log'>,
  held: HeldRelay,
  slack: SlackApi,
): Promise<void> {
  const { progress, ...view } = held.record.view;
  if (!progress || !view.message || view.whole) return;
  if (progress.ts !== undefined) {
    const { channel, turnId } = held.record;
    const args = { channel, ts: progress.ts, ...closedProgress(progress, turnId, 'Goes on below') };
    const closed = await callBestEffort(deps, held, slack, 'chat.update', args, 'end');
    if (closed.kind === 'refused' || (closed.kind === 'failed' && closed.code === 'unknown')) return;
  }
  held.change({ view });
}
