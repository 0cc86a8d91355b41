import type { Installation } from '../../installations/record.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import { readThread, type ThreadMessage, timeOf, tsFrom } from '../../slack/thread.ts';
import { lettersOfMessage } from '../../slack/visible-text.ts';
import { placeOf } from '../place.ts';
import { progressBlockId } from '../plan/plan-progress.ts';
import { endBlockId } from '../plan/plan-whole.ts';
import type { InFlight, RelayRecord, RelayView } from '../record.ts';
import { endsWith, openedMessage, wasApplied } from './choose-view.ts';
import { nextAfter } from './failures.ts';
import { findByBlockId } from './find-block.ts';

/**
 * What became of the call in flight. `gone`: the message it was for is no longer there. `unreadable`: Slack does
 * not let us look. `later`: Slack cannot be asked now.
 */
export type DoubtOutcome =
  | { kind: 'applied'; view: RelayView; ts?: string }
  | { kind: 'not-applied' }
  | { kind: 'gone' }
  | { kind: 'unreadable' }
  | { kind: 'later'; waitMs?: number };

/**
 * Reads Slack back once and tells whether the call that a crash or a lost answer left in doubt was applied.
 *
 * @param known timestamps of the messages that the turn has in its records
 */
export async function resolveDoubt(
  slack: SlackApi,
  installation: Pick<Installation, 'botId' | 'botUserId'>,
  record: RelayRecord,
  inFlight: InFlight,
  known: ReadonlySet<string>,
): Promise<DoubtOutcome> {
  // The same update once more does no harm.
  if (inFlight.method === 'chat.update') return { kind: 'not-applied' };
  const { message } = record.view;
  // Parts of an answer may be alike: one in doubt stands below the one before.
  const former = inFlight.text ? record.view.whole?.ts : undefined;
  const oldest = message?.ts ?? former ?? tsFrom(inFlight.at);
  let messages: ThreadMessage[];
  try {
    messages = await readThread(slack, {
      channel: placeOf({ ...record, view: inFlight.after }).channel,
      threadTs: record.threadTs,
      oldest,
      ...(message ? { latest: message.ts } : {}),
    });
  } catch (error) {
    if (error instanceof SlackCallError) return unread(error);
    throw error;
  }
  if (message) {
    const found = messages.find(({ ts }) => ts === message.ts);
    if (!found) return { kind: 'gone' };
    return wasApplied(found, message, inFlight)
      ? { kind: 'applied', view: inFlight.after }
      : { kind: 'not-applied' };
  }
  const own = messages.filter(
    ({ ts, bot_id, user }) =>
      timeOf(ts) >= timeOf(oldest) &&
      !known.has(ts) &&
      ts !== former &&
      (bot_id === installation.botId || user === installation.botUserId),
  );
  const found = findPosted(own, record, inFlight);
  return found ? { kind: 'applied', view: inFlight.after, ts: found.ts } : { kind: 'not-applied' };
}

function findPosted(
  own: readonly ThreadMessage[],
  { turnId }: Pick<RelayRecord, 'turnId'>,
  { method, text, card, after }: InFlight,
): ThreadMessage | undefined {
  if (method === 'chat.startStream')
    return openedMessage(own, { ...(text ? { text } : {}), ...(card ? { card } : {}) });
  if (after.progress && !after.finished && !text) return findByBlockId(own, progressBlockId(turnId));
  const end = after.finished ? findByBlockId(own, endBlockId(turnId)) : undefined;
  return end ?? own.find((message) => text !== undefined && endsWith(lettersOfMessage(message), text));
}

/** Reading fails like posting does, but what is refused for good means that we may not look. */
export function unread({ failure }: SlackCallError): DoubtOutcome & { kind: 'later' | 'unreadable' } {
  if (failure.kind === 'rate_limited') return { kind: 'later', waitMs: failure.retryAfterMs };
  if (failure.kind === 'unknown') return { kind: 'later' };
  if (failure.code === 'missing_scope') return { kind: 'unreadable' };
  const next = nextAfter('chat.update', failure);
  return next === 'slow' || next === 'ask' ? { kind: 'later' } : { kind: 'unreadable' };
}
