import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { TurnRecord } from '../turns/record.ts';
import type { FeedbackRecord } from './record.ts';

/** Somebody pressed a thumb, through which installation of the app. */
export interface FeedbackRequest
  extends Pick<
    FeedbackRecord,
    'turnId' | 'rating' | 'appId' | 'installationId' | 'userId' | 'teamId' | 'messageTs' | 'at'
  > {}

/**
 * `unchanged`: the person had rated the answer so before, or pressed another thumb later than this one. `unknown`:
 * there is no such turn in that installation of the app.
 */
export interface FeedbackOutcome {
  outcome: 'rated' | 'unchanged' | 'unknown';
  sessionId?: string;
}

/**
 * Keeps what a person thought of an answer, with its turn: one read and one conditional write, or two where the same
 * thumb is pressed again. Whoever sees the answer may rate it; a later click of the same person replaces the earlier one.
 */
export async function storeFeedback(
  { store }: { store: Store },
  { turnId, appId, installationId, userId, teamId, rating, at, messageTs }: FeedbackRequest,
): Promise<FeedbackOutcome> {
  const turn = await store.get<TurnRecord>(keys.turn(turnId));
  if (turn?.appId !== appId || turn.installationId !== installationId) return { outcome: 'unknown' };
  const { sessionId, channel } = turn;
  const record: FeedbackRecord = {
    v: 1,
    turnId,
    sessionId,
    appId,
    installationId,
    channel,
    userId,
    ...(teamId === undefined ? {} : { teamId }),
    rating,
    at,
    ...(messageTs === undefined ? {} : { messageTs }),
  };
  const put = (condition: string) =>
    store.put(
      { ...keys.feedback(turnId, userId), ...record },
      { expression: condition, values: { ':rating': rating, ':at': at } },
    );
  if (await holds(put('attribute_not_exists(#pk) OR (#rating <> :rating AND #at <= :at)')))
    return { outcome: 'rated', sessionId };
  // The same thumb again: it is no news, but later than whatever was pressed in between and comes after it.
  await holds(put('#rating = :rating AND #at < :at'));
  return { outcome: 'unchanged', sessionId };
}

/** Whether a conditional write was done. */
async function holds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    return false;
  }
}
