import { sessionIdOf, turnIdOf } from '../ids.ts';
import type { Log } from '../log.ts';
import type { SendWake } from '../relay/wake.ts';
import type { Limits } from '../settings.ts';
import { ConditionFailedError, TransactionRefusedError } from '../store/errors.ts';
import { byActivity, keys } from '../store/keys.ts';
import { type Action, absent, type Store } from '../store/store.ts';
import type { Executions } from '../turns/executions.ts';
import type { TurnRecord } from '../turns/record.ts';
import type { Admission, InboundPost } from './inbound-post.ts';
import { newTurnActions } from './new-turn.ts';
import type { QueuedRecord, SessionRecord, UserPost } from './record.ts';

export interface AdmitDeps {
  store: Store;
  executions: Executions;
  sendWake: SendWake;
  now: () => number;
  limits: Limits;
  /** The agent that answers in new sessions. */
  agent: string;
  log: Log;
}

/** Slack delivers an event for up to 24 hours where "Delayed Events" is on. */
const EVENT_TTL_MS = 48 * 3_600_000;
/** Rivals of one admission are the session's other doors; ten rounds are far beyond what they can cause. */
const ROUNDS = 10;
/** A message number that is taken already: the next free one, at most five times. */
const SEQ_COLLISIONS = 5;

/**
 * Admits a post in one transaction: the event's mark, then either turn, message, relay record and the session
 * taken, or a place in the session's queue. A doubled delivery, or the `message` twin of an `app_mention`, stores
 * nothing and repeats only the start, and only while the turn is `starting`.
 *
 * @throws what the store or Step Functions throw beyond refusals: the door answers 500 and Slack delivers again
 */
export async function admitPost(deps: AdmitDeps, post: InboundPost): Promise<Admission> {
  const sessionId = sessionIdOf(post);
  const turnId = turnIdOf(post);
  let collisions = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const session = await deps.store.get<SessionRecord>(keys.session(sessionId));
    // The common twin, told apart by the read alone: a refused transaction is paid like one that goes through.
    if (session?.activeTurnId === turnId || session?.lastTurnId === turnId)
      return repeatStart(deps, turnId, sessionId);
    const busy = session?.state === 'active';
    if (busy && session.queueLength >= deps.limits.queuedMessages)
      return (await isKnown(deps, post, sessionId, turnId)) || !(await markRefused(deps, post, turnId))
        ? { outcome: 'duplicate', turnId, sessionId }
        : { outcome: 'full', turnId, sessionId };
    const seq = (session?.nextSeq ?? 1) + collisions;
    const actions = busy
      ? queueActions(deps, post, session, turnId)
      : startActions(deps, post, session, sessionId, turnId, seq);
    try {
      await deps.store.transact(actions);
    } catch (error) {
      if (!(error instanceof TransactionRefusedError)) throw error;
      if (
        error.failedAt(EVENT_ACTION) ||
        error.failedAt(TURN_ACTION) ||
        (busy && error.failedAt(QUEUE_ACTION))
      )
        return repeatStart(deps, turnId, sessionId);
      if (!busy && error.failedAt(MESSAGE_ACTION) && ++collisions > SEQ_COLLISIONS) throw error;
      continue;
    }
    if (busy) return { outcome: 'queued', turnId, sessionId, position: session.queueLength + 1 };
    await Promise.all([
      deps.executions.start(turnId, 1),
      // Undelayed: a person sees within a second and a half that something happens.
      deps.sendWake({ v: 1, kind: 'flush', turnId }, 0),
    ]);
    return { outcome: 'started', turnId, sessionId };
  }
  throw new Error(`Session ${sessionId} changed at every try to admit a post.`);
}

// Places of the actions in both transactions, so that a refusal tells what stood in the way.
const EVENT_ACTION = 0;
const TURN_ACTION = 1;
const MESSAGE_ACTION = 2;
const QUEUE_ACTION = 2;

function eventMark(deps: AdmitDeps, post: InboundPost, turnId: string): Extract<Action, { put: unknown }> {
  return {
    put: {
      ...keys.event(post.appId, post.installationId, post.eventId),
      v: 1,
      turnId,
      ttl: Math.ceil((deps.now() + EVENT_TTL_MS) / 1000),
    },
    condition: absent,
  };
}

function userPost(post: InboundPost): UserPost {
  return { text: post.text, author: post.author, messageTs: post.messageTs, files: post.files };
}

function startActions(
  deps: AdmitDeps,
  post: InboundPost,
  session: SessionRecord | undefined,
  sessionId: string,
  turnId: string,
  seq: number,
): Action[] {
  const now = deps.now();
  const next: SessionRecord = {
    v: 1,
    sessionId,
    appId: post.appId,
    installationId: post.installationId,
    channel: post.channel,
    threadTs: post.threadTs,
    agent: deps.agent,
    createdAt: now,
    queueLength: 0,
    ...session,
    state: 'active',
    activeTurnId: turnId,
    nextSeq: seq + 1,
    version: (session?.version ?? 0) + 1,
    updatedAt: now,
    ...byActivity(post.appId, post.installationId, now),
  };
  const turn = newTurnActions({
    turnId,
    session: next,
    post: userPost(post),
    seq,
    ...(session?.lastTurnId ? { previousTurnId: session.lastTurnId } : {}),
    now,
    limits: deps.limits,
  });
  return [
    eventMark(deps, post, turnId),
    ...turn,
    {
      put: { ...keys.session(sessionId), ...next },
      condition: session
        ? { expression: '#version = :version', values: { ':version': session.version } }
        : absent,
    },
  ];
}

function queueActions(deps: AdmitDeps, post: InboundPost, session: SessionRecord, turnId: string): Action[] {
  const now = deps.now();
  const queued: QueuedRecord = { v: 1, sessionId: session.sessionId, turnId, post: userPost(post), at: now };
  return [
    eventMark(deps, post, turnId),
    { check: keys.turn(turnId), condition: absent },
    { put: { ...keys.queued(session.sessionId, post.messageTs), ...queued }, condition: absent },
    {
      update: {
        key: keys.session(session.sessionId),
        set: { updatedAt: now, ...byActivity(post.appId, post.installationId, now) },
        add: { queueLength: 1, version: 1 },
        condition: { expression: '#version = :version', values: { ':version': session.version } },
      },
    },
  ];
}

/** A person is told once that a post was not taken, whatever twins and retries come. @returns whether this was first */
async function markRefused(deps: AdmitDeps, post: InboundPost, turnId: string): Promise<boolean> {
  const { put, condition } = eventMark(deps, { ...post, eventId: `refused-${turnId}` }, turnId);
  try {
    await deps.store.put(put, condition);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

/** Whether the post has its turn or its place already: a twin of the last one that fitted is not refused. */
async function isKnown(
  deps: AdmitDeps,
  post: InboundPost,
  sessionId: string,
  turnId: string,
): Promise<boolean> {
  const [queued, turn] = await Promise.all([
    deps.store.get(keys.queued(sessionId, post.messageTs)),
    deps.store.get(keys.turn(turnId)),
  ]);
  return queued !== undefined || turn !== undefined;
}

/**
 * What a doubled delivery does: the writes stand, but the crash may have come before the start. The twin of a
 * post that has just been admitted leaves the wake alone, for that one is still on its way.
 */
async function repeatStart(deps: AdmitDeps, turnId: string, sessionId: string): Promise<Admission> {
  const turn = await deps.store.get<TurnRecord>(keys.turn(turnId));
  if (turn?.state === 'starting') {
    await deps.executions.start(turnId, turn.epoch);
    if (deps.now() - turn.createdAt >= deps.limits.wakeOverdueMs)
      await deps.sendWake({ v: 1, kind: 'flush', turnId }, 0);
  }
  return { outcome: 'duplicate', turnId, sessionId };
}
