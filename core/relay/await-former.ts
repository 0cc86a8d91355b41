import { keys } from '../store/keys.ts';
import type { TurnRecord } from '../turns/record.ts';
import type { RelayDeps } from './deps.ts';
import type { RelayRecord } from './record.ts';

/** The former turn's stream is looked at this often while a new one waits for its end. */
const HANDOVER_POLL_MS = 2_000;

/**
 * A turn shows itself first when all of the former turn is shown, or after a while: answers come in order, and the
 * former's last word about the session comes before this one's first.
 *
 * @returns when to look again, while it has to wait
 */
export async function awaitFormer(
  deps: Pick<RelayDeps, 'store' | 'now' | 'limits'>,
  { view }: Pick<RelayRecord, 'view'>,
  turn: Pick<TurnRecord, 'createdAt' | 'previousTurnId'>,
): Promise<number | undefined> {
  const until = turn.createdAt + deps.limits.streamHandoverMs;
  const now = deps.now();
  const begun = view.messages > 0 || view.progress?.ts !== undefined;
  if (turn.previousTurnId === undefined || begun || now >= until) return undefined;
  const former = await deps.store.get<RelayRecord>(keys.relay(turn.previousTurnId));
  if (!former || (former.shownAt ?? former.closedAt) !== undefined) return undefined;
  return Math.min(until, now + HANDOVER_POLL_MS);
}
