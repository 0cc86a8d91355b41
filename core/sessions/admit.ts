import type { ChoicePlace } from '../choices/place-rule.ts';
import { chooseDisplay, type DisplayRule } from '../display/choose-display.ts';
import { sessionIdOf, turnIdOf } from '../ids.ts';
import type { Log } from '../log.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import type { SendWake } from '../relay/wakes/wake.ts';
import type { Limits } from '../settings.ts';
import { TransactionRefusedError } from '../store/errors.ts';
import { byActivity, keys } from '../store/keys.ts';
import { type Action, absent, type Store } from '../store/store.ts';
import type { Executions } from '../turns/executions.ts';
import type { TurnRecord } from '../turns/record.ts';
import { stopTurn } from '../turns/stop.ts';
import { type Doors, doorOf } from './doors.ts';
import { eventMark, isFirstWord } from './event-mark.ts';
import type { Admission, InboundPost } from './inbound-post.ts';
import { newTurnActions } from './new-turn.ts';
import { countPush, pushesOf } from './pushes.ts';
import type { QueuedRecord, SessionRecord, UserPost } from './record.ts';

export interface AdmitDeps {
  store: Store;
  executions: Executions;
  sendWake: SendWake;
  now: () => number;
  limits: Limits;
  log: Log;
  /** How the agents are met; the first answers in new sessions. */
  doors: Doors;
  /** The model that a setting chooses for a place and a person, where one does. */
  chooseModel?: (place: ChoicePlace) => ModelChoice | undefined;
  /** How settings want turns to be shown, before what the doors say. */
  displays?: readonly DisplayRule[];
}

/** Rivals of one admission are the session's other doors; ten rounds are far beyond what they can cause. */
const ROUNDS = 10;
/** A message number that is taken already: the next free one, at most five times. */
const SEQ_COLLISIONS = 5;

/**
 * Admits a post in one transaction: the event's mark, then either turn, message, relay record and the session
 * taken, or a place in the session's queue; where the agent's door says so, the running turn is then asked to stop
 * for it. A doubled delivery, or the `message` twin of an `app_mention`, stores
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
    const refusal = busy ? refusalOf(deps, post, session) : undefined;
    if (refusal)
      return (await isKnown(deps, post, sessionId, turnId)) || !(await isFirstWord(deps, post, 'refused'))
        ? { outcome: 'duplicate', turnId, sessionId }
        : { outcome: refusal, turnId, sessionId };
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
      ) {
        await repeatInterrupt(deps, post, sessionId);
        return repeatStart(deps, turnId, sessionId);
      }
      if (!busy && error.failedAt(MESSAGE_ACTION) && ++collisions > SEQ_COLLISIONS) throw error;
      continue;
    }
    if (busy) {
      // Only now: the message is in the queue before anything is stopped for it (case K-18).
      if (doorOf(deps.doors, session.agent).whileBusy === 'interrupt' && session.activeTurnId)
        await interrupt(deps, post, session.activeTurnId);
      return { outcome: 'queued', turnId, sessionId, position: session.queueLength + 1 };
    }
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

/** What is chosen here stays with the post: no setting is looked at again for it (cases K-21, P-2). */
function userPost(deps: AdmitDeps, post: InboundPost, agent: string): UserPost {
  const { text, author, messageTs, files, installationId, channel } = post;
  const place: ChoicePlace = { agent, installationId, channel, userId: author.userId };
  const model = deps.chooseModel?.(place);
  const display = chooseDisplay(doorOf(deps.doors, agent).display, deps.displays ?? [], place);
  return { text, author, messageTs, files, ...(model ? { model } : {}), ...(display ? { display } : {}) };
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
    agent: deps.doors[0].agent,
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
    post: userPost(deps, post, next.agent),
    seq,
    ...(session?.lastTurnId ? { previousTurnId: session.lastTurnId } : {}),
    now,
    limits: deps.limits,
  });
  return [
    eventMark(post, now),
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
  const queued: QueuedRecord = {
    v: 1,
    sessionId: session.sessionId,
    turnId,
    post: userPost(deps, post, session.agent),
    at: now,
  };
  return [
    eventMark(post, now),
    { check: keys.turn(turnId), condition: absent },
    { put: { ...keys.queued(session.sessionId, post.messageTs), ...queued }, condition: absent },
    {
      update: {
        key: keys.session(session.sessionId),
        set: {
          updatedAt: now,
          pushes: countPush(session.pushes, post.author.userId, now),
          ...byActivity(post.appId, post.installationId, now),
        },
        add: { queueLength: 1, version: 1 },
        condition: { expression: '#version = :version', values: { ':version': session.version } },
      },
    },
  ];
}

/** Why a message cannot wait in the queue of a session that is busy, if it cannot. */
function refusalOf(
  { limits, now }: AdmitDeps,
  { author }: InboundPost,
  session: SessionRecord,
): 'full' | 'too_many' | undefined {
  if (session.queueLength >= limits.queuedMessages) return 'full';
  return pushesOf(session.pushes, author.userId, now()) >= limits.followUpsPerMinute ? 'too_many' : undefined;
}

/** @throws what a stop throws: the door answers 500, and the next delivery asks again */
async function interrupt(deps: AdmitDeps, { author }: InboundPost, turnId: string): Promise<void> {
  await stopTurn(deps, { turnId, by: author.userId, cause: 'interrupt' });
}

/**
 * The crash may have come between the queue and the stop. A turn that began after the post was queued is not the
 * one that it was to interrupt: that one is over.
 */
async function repeatInterrupt(deps: AdmitDeps, post: InboundPost, sessionId: string): Promise<void> {
  if (deps.doors.every(({ whileBusy }) => whileBusy !== 'interrupt')) return;
  const [session, queued] = await Promise.all([
    deps.store.get<SessionRecord>(keys.session(sessionId)),
    deps.store.get<QueuedRecord>(keys.queued(sessionId, post.messageTs)),
  ]);
  if (!session?.activeTurnId || !queued) return;
  if (doorOf(deps.doors, session.agent).whileBusy !== 'interrupt') return;
  const active = await deps.store.get<TurnRecord>(keys.turn(session.activeTurnId));
  if (active && active.createdAt <= queued.at) await interrupt(deps, post, active.turnId);
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
