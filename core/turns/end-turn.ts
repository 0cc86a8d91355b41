import type { Log } from '../log.ts';
import { requestWake } from '../relay/wakes/request-wake.ts';
import type { SendWake } from '../relay/wakes/wake.ts';
import { newTurnActions } from '../sessions/new-turn.ts';
import type { QueuedRecord, SessionRecord } from '../sessions/record.ts';
import type { Limits } from '../settings.ts';
import { TransactionRefusedError } from '../store/errors.ts';
import { byActivity, keys } from '../store/keys.ts';
import type { Action, Store } from '../store/store.ts';
import { chunkItem } from '../stream/chunk-item.ts';
import type { ChunkPosition, StreamChunk } from '../stream/chunks.ts';
import type { Executions } from './executions.ts';
import type { FollowUps } from './follow-ups.ts';
import type { TurnEnd, TurnRecord } from './record.ts';
import { type TurnTransition, transitionCondition } from './transitions.ts';

export interface EndDeps {
  store: Store;
  executions: Executions;
  sendWake: SendWake;
  now: () => number;
  limits: Limits;
  log: Log;
}

export interface EndOfTurn {
  end: Omit<TurnEnd, 'at'>;
  /** Where the `finish` chunk goes: the next place of the present fence. */
  at: ChunkPosition;
  /** Chunks that go before `finish` in the same batch. */
  chunks?: StreamChunk[];
  /** What else belongs into the transaction: the last step and its messages, a cancelled pause. */
  actions?: Action[];
  /** Posts that the last step took up: they leave the queue with this end, and the next one behind them is next. */
  followUps?: Pick<FollowUps, 'actions' | 'taken'>;
  /** Who answered, where the run that ends the turn knows it. */
  model?: string;
  /** Changes of the turn record that go with the end. */
  turn?: Partial<
    Pick<
      TurnRecord,
      | 'step'
      | 'usage'
      | 'nextSeq'
      | 'attempts'
      | 'agentDigest'
      | 'workedMs'
      | 'contextTokens'
      | 'checkpoint'
      | 'attachments'
    >
  >;
}

export type EndOutcome = 'ended' | 'moved' | 'refused';

/** A door may queue a message at every try; each loses only to one that went through. */
const ROUNDS = 12;
const transitionOf: Record<TurnEnd['state'], TurnTransition> = {
  completed: 'complete',
  failed: 'fail',
  stopped: 'stop',
};

/**
 * Ends a turn in one transaction: turn ended, last messages, the one `finish` chunk, and the session freed or
 * handed to the next queued message, whose turn is `starting` from then on. Afterwards that turn is started (the
 * sweep repeats it) and the relay is woken. Closing the Slack stream is the relay's own matter.
 *
 * @returns `moved` when the turn had ended or was taken by a newer fence, `refused` when one of `ending.actions`
 * was: nothing was written then
 */
export async function endTurn(deps: EndDeps, turn: TurnRecord, ending: EndOfTurn): Promise<EndOutcome> {
  for (let round = 0; round < ROUNDS; round++) {
    const session = await deps.store.get<SessionRecord>(keys.session(turn.sessionId));
    if (!session) throw new Error(`Session ${turn.sessionId} of turn ${turn.turnId} is gone.`);
    const taken = ending.followUps?.taken ?? [];
    const queue = session.queueLength
      ? await deps.store.query<QueuedRecord>({
          pk: keys.session(turn.sessionId).pk,
          prefix: 'QUEUE#',
          limit: taken.length + 1,
        })
      : [];
    const next = queue.find(({ post }) => !taken.includes(post.messageTs));
    try {
      await deps.store.transact([
        turnAction(deps, turn, ending),
        sessionAction(deps, turn, session, ending, next),
        finishAction(deps, turn, ending),
        ...(ending.actions ?? []),
        ...(ending.followUps?.actions ?? []),
        ...(next ? handOverActions(deps, turn, session, ending, next) : []),
      ]);
    } catch (error) {
      if (!(error instanceof TransactionRefusedError)) throw error;
      if (error.failedAt(TURN_ACTION)) return 'moved';
      if (ending.actions?.some((_, n) => error.failedAt(EXTRA_ACTIONS + n))) return 'refused';
      // The session changed, or the queue's head did: look again.
      continue;
    }
    await Promise.all([wakeRelay(deps, turn.turnId), next ? startNext(deps, next) : undefined]);
    return 'ended';
  }
  throw new Error(`Session ${turn.sessionId} changed at every try to end turn ${turn.turnId}.`);
}

const TURN_ACTION = 0;
/** Turn, session and `finish` chunk come first. */
const EXTRA_ACTIONS = 3;

/** The end stands; a wake that could not be sent is made good by the relay's own `checkAt`. */
export async function wakeRelay(deps: EndDeps, turnId: string): Promise<void> {
  try {
    await requestWake(deps, turnId, 0);
  } catch (error) {
    deps.log.warn('the relay was not woken; the sweep will', { turnId, error });
  }
}

/** The next turn is `starting`; if this does not reach Step Functions, the sweep starts it. */
async function startNext(deps: EndDeps, { turnId }: QueuedRecord): Promise<void> {
  const sent = await Promise.allSettled([
    deps.executions.start(turnId, 1),
    deps.sendWake({ v: 1, kind: 'flush', turnId }, 0),
  ]);
  for (const result of sent)
    if (result.status === 'rejected')
      deps.log.warn('the next turn was not started; the sweep will', { turnId, error: result.reason });
}

function turnAction(deps: EndDeps, turn: TurnRecord, { end, at, turn: changes }: EndOfTurn): Action {
  const now = deps.now();
  return {
    update: {
      key: keys.turn(turn.turnId),
      set: {
        ...changes,
        state: end.state,
        end: { ...end, at: now },
        seals: { ...turn.seals, [String(at.fence)]: at.seq },
        updatedAt: now,
      },
      remove: ['leaseUntil', 'waitUntil', 'openStep', 'ending', 'gsi3pk', 'gsi3sk'],
      condition: transitionCondition(transitionOf[end.state], turn.fence),
    },
  };
}

function finishAction(
  deps: EndDeps,
  turn: TurnRecord,
  { end, at, chunks, model, turn: changes }: EndOfTurn,
): Action {
  const finish: StreamChunk = {
    type: 'finish',
    messageMetadata: {
      end: end.state,
      ...(end.reason ? { reason: end.reason } : {}),
      usage: changes?.usage ?? turn.usage,
      ...(model ? { model } : {}),
    },
  };
  return { put: chunkItem(turn.turnId, at, [...(chunks ?? []), finish], deps.now()) };
}

/** Frees the session, or hands it on: one active turn at a time, by condition on the version that was read. */
function sessionAction(
  deps: EndDeps,
  turn: TurnRecord,
  session: SessionRecord,
  ending: EndOfTurn,
  next: QueuedRecord | undefined,
): Action {
  const now = deps.now();
  const left = (ending.followUps?.taken.length ?? 0) + (next ? 1 : 0);
  const nextSeq = ending.turn?.nextSeq ?? turn.nextSeq;
  const checkpoint = ending.turn?.checkpoint ?? turn.checkpoint;
  const contextTokens = ending.turn?.contextTokens ?? turn.contextTokens;
  return {
    update: {
      key: keys.session(turn.sessionId),
      set: {
        lastTurnId: turn.turnId,
        updatedAt: now,
        ...(checkpoint ? { checkpoint } : {}),
        ...(contextTokens === undefined ? {} : { contextTokens }),
        ...byActivity(turn.appId, turn.installationId, now),
        ...(next ? { activeTurnId: next.turnId, nextSeq: nextSeq + 1 } : { state: 'idle', nextSeq }),
      },
      ...(next ? {} : { remove: ['activeTurnId'] }),
      add: { version: 1, ...(left === 0 ? {} : { queueLength: -left }) },
      condition: {
        expression: '#version = :version AND #activeTurnId = :turn',
        values: { ':version': session.version, ':turn': turn.turnId },
      },
    },
  };
}

function handOverActions(
  deps: EndDeps,
  turn: TurnRecord,
  session: SessionRecord,
  ending: EndOfTurn,
  next: QueuedRecord,
): Action[] {
  return [
    {
      delete: keys.queued(turn.sessionId, next.post.messageTs),
      condition: { expression: 'attribute_exists(#pk)' },
    },
    ...newTurnActions({
      turnId: next.turnId,
      session,
      post: next.post,
      seq: ending.turn?.nextSeq ?? turn.nextSeq,
      previousTurnId: turn.turnId,
      now: deps.now(),
      limits: deps.limits,
    }),
  ];
}

/** The end of a turn that no run can write any more: `turn` was taken over, so its fence is fresh. */
export function endFromOutside(
  deps: EndDeps,
  turn: TurnRecord,
  end: EndOfTurn['end'],
  actions: Action[] = [],
): Promise<EndOutcome> {
  return endTurn(deps, turn, { end, at: { fence: turn.fence, seq: 1 }, actions });
}
