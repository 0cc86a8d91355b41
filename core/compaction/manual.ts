import { turnIdOf } from '../ids.ts';
import type { Log } from '../log.ts';
import type { SendWake } from '../relay/wakes/wake.ts';
import { newTurnActions } from '../sessions/new-turn.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { Limits } from '../settings.ts';
import { TransactionRefusedError } from '../store/errors.ts';
import { byActivity, keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { Executions } from '../turns/executions.ts';
import type { TurnRecord } from '../turns/record.ts';

export interface RequestCompactionDeps {
  store: Store;
  executions: Executions;
  sendWake: SendWake;
  now: () => number;
  limits: Limits;
  log: Log;
}

/**
 * `busy`: a turn runs or waits, nothing was done. `nothing`: too little stands behind the last summary. `unknown`:
 * there is no such session, or nobody ever asked anything in it.
 */
export type CompactionRequested = 'started' | 'busy' | 'nothing' | 'unknown';

/** Fewer messages than this behind the last summary are not worth another one. */
export const LEAST_MESSAGES = 4;

/** Rivals are the session's other doors; each loses only to one that went through. */
const ROUNDS = 10;

/**
 * Asks for a session's conversation to be summarised, as a turn of its own that answers nobody. It is taken while the
 * session is idle, however its last turn ended: one that failed because the conversation was too long is the reason
 * to ask (case K-43). Session taken and turn are one transaction; if the start is lost, the sweep repeats it.
 *
 * The turn is for whoever asked last in the thread: Slack shows its progress to them.
 *
 * @param by who asks, for the log
 * @throws what the store or Step Functions throw beyond refusals
 */
export async function requestCompaction(
  deps: RequestCompactionDeps,
  sessionId: string,
  by: string,
): Promise<CompactionRequested> {
  for (let round = 0; round < ROUNDS; round++) {
    const session = await deps.store.get<SessionRecord>(keys.session(sessionId));
    if (!session) return 'unknown';
    if (session.state === 'active') return 'busy';
    const last = session.lastTurnId
      ? await deps.store.get<TurnRecord>(keys.turn(session.lastTurnId))
      : undefined;
    if (!last) return 'unknown';
    if (behindSummary(session) < LEAST_MESSAGES) return 'nothing';
    const turnId = turnIdOf({ ...session, messageTs: `compaction-${session.version}` });
    try {
      await deps.store.transact(actions(deps, session, last, turnId));
    } catch (error) {
      if (!(error instanceof TransactionRefusedError)) throw error;
      continue;
    }
    deps.log.info('a compaction was asked for', { sessionId, turnId, by });
    await Promise.all([deps.executions.start(turnId, 1), deps.sendWake({ v: 1, kind: 'flush', turnId }, 0)]);
    return 'started';
  }
  throw new Error(`Session ${sessionId} changed at every try to compact it.`);
}

/** A checkpoint of messages may hold a summary: the run that reads it finds out. */
function behindSummary({ nextSeq, checkpoint }: SessionRecord): number {
  return nextSeq - 1 - (checkpoint?.kind === 'summary' ? checkpoint.seq : 0);
}

function actions(deps: RequestCompactionDeps, session: SessionRecord, last: TurnRecord, turnId: string) {
  const now = deps.now();
  return [
    ...newTurnActions({
      turnId,
      kind: 'compaction',
      session,
      post: {
        text: '',
        author: last.requester,
        messageTs: last.messageTs,
        files: [],
        ...(last.model ? { model: last.model } : {}),
      },
      seq: session.nextSeq,
      previousTurnId: last.turnId,
      now,
      limits: deps.limits,
    }),
    {
      update: {
        key: keys.session(session.sessionId),
        set: {
          state: 'active',
          activeTurnId: turnId,
          updatedAt: now,
          ...byActivity(session.appId, session.installationId, now),
        },
        add: { version: 1 },
        condition: { expression: '#version = :version', values: { ':version': session.version } },
      },
    },
  ];
}
