import { displayOf } from '../../display/display.ts';
import type { SlackApi } from '../../slack/api.ts';
import { isRefused, noteRefusal } from '../../slack/refusals.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { hasEnded } from '../../turns/transitions.ts';
import { callBestEffort } from '../budget/best-effort.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';

/** "It was seen, somebody works on it"; it stays while people are asked: the card says that. */
const SEEN = 'eyes';
const results = { completed: 'white_check_mark', failed: 'x', stopped: 'octagonal_sign' } as const;
/** So long after a turn's end its result is tried. */
const RESULT_MS = 60_000;

/** The reaction that the request is to have: the result when the whole answer stands. */
function wantedReaction(
  { end }: Pick<TurnRecord, 'end'>,
  { finished }: { finished?: true },
): typeof SEEN | (typeof results)[keyof typeof results] {
  return end && finished ? results[end.state] : SEEN;
}

/**
 * Keeps the reaction on the request as it should be, where the settings want one (capability 20): three calls in a
 * turn's life. Best effort: what is there already, what is gone and what the app may not do is as good as done.
 *
 * @returns when to try again, where nothing else would come
 */
export async function tendReactions(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  turn: TurnRecord,
): Promise<number | undefined> {
  const { record } = held;
  const wanted = wantedReaction(turn, record.view);
  if (!displayOf(record.display).reactions || record.reaction === wanted) return undefined;
  if (isRefused(deps.connectSlack, record, 'reactions', deps.now())) return undefined;
  const place = { channel: record.channel, timestamp: record.messageTs };
  if (record.reaction !== undefined) {
    // Without room in the budget the first one stays beside the result.
    await callBestEffort(deps, held, slack, 'reactions.remove', { ...place, name: record.reaction });
    held.change({ reaction: undefined });
  }
  const outcome = await callBestEffort(deps, held, slack, 'reactions.add', { ...place, name: wanted });
  if (outcome.kind === 'failed' && outcome.code === 'missing_scope')
    noteRefusal(deps.connectSlack, record, 'reactions', deps.now());
  const over = turn.end !== undefined && deps.now() - turn.end.at > RESULT_MS;
  if (outcome.kind === 'refused' && hasEnded(turn) && !over) return outcome.at;
  if (outcome.kind !== 'refused') held.change({ reaction: wanted });
  return undefined;
}
