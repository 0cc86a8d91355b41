import type { NewPost } from '../sessions/messages.ts';
import type { QueuedRecord, UserPost } from '../sessions/record.ts';
import type { Limits } from '../settings.ts';
import { keys } from '../store/keys.ts';
import { type Action, absent, type Store } from '../store/store.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { headOf } from '../text.ts';
import type { TurnRecord } from './record.ts';

export interface FollowUpDeps {
  store: Pick<Store, 'query'>;
  now: () => number;
  limits: Pick<Limits, 'followUpChars' | 'followUpsChars'>;
}

/** Posts of the queue that a running turn takes up, and what its next commit writes so that each is taken once. */
export interface FollowUps {
  /** As they become messages: behind the tool results, before the answer. */
  records: NewPost[];
  /**
   * Without the session: a commit that goes on adds `sessionAction`; an end, which writes the session itself, is
   * given the follow-ups (`EndOfTurn.followUps`).
   */
  actions: Action[];
  sessionAction: Action;
  /** What the stream shows of them. */
  chunks: StreamChunk[];
  /** Message ts of each. */
  taken: readonly string[];
  /** How many were left in the queue, as far as it was looked at. */
  waiting: number;
}

/** More posts than this are not looked at in one step; a commit holds 100 writes. */
const LOOKED_AT = 20;

/**
 * What came into the queue while a turn runs (door mode `steer`), in order, up to `followUpChars` each and
 * `followUpsChars` in all; the rest waits. Nothing is written here: the step's commit takes the posts out of the
 * queue, makes them messages and leaves an ended turn in each post's own name, so that a repeated delivery of it
 * starts nothing. If the commit does not come about, they are still in the queue.
 *
 * @returns undefined when nothing waits
 */
export async function takeFollowUps(deps: FollowUpDeps, turn: TurnRecord): Promise<FollowUps | undefined> {
  const queue = await deps.store.query<QueuedRecord>({
    pk: keys.session(turn.sessionId).pk,
    prefix: 'QUEUE#',
    limit: LOOKED_AT,
  });
  const posts = fitting(queue, deps.limits);
  if (posts.length === 0) return undefined;
  const waiting = queue.length - posts.length;
  const taken = queue.slice(0, posts.length);
  const { sessionId, turnId } = turn;
  return {
    records: posts.map((post, n) => ({
      sessionId,
      turnId,
      role: 'user',
      post,
      // Told once, behind the last of them.
      followUp: { waiting: n === posts.length - 1 ? waiting : 0 },
    })),
    actions: taken.flatMap((queued) => takeActions(turn, queued, deps.now())),
    sessionAction: {
      update: {
        key: keys.session(sessionId),
        add: { queueLength: -taken.length, version: 1 },
        condition: {
          expression: '#activeTurnId = :turn AND #queueLength >= :taken',
          values: { ':turn': turnId, ':taken': taken.length },
        },
      },
    },
    chunks: posts.map(({ messageTs, author, text }) => ({
      type: 'data-follow-up',
      data: { messageTs, userId: author.userId, text },
    })),
    taken: taken.map(({ post }) => post.messageTs),
    waiting,
  };
}

/** The first posts of the queue that fit together, each cut to its own limit; the first always fits. */
function fitting(
  queue: readonly QueuedRecord[],
  { followUpChars, followUpsChars }: FollowUpDeps['limits'],
): UserPost[] {
  const posts: UserPost[] = [];
  let chars = 0;
  for (const { post } of queue) {
    const length = Math.min(post.text.length, followUpChars);
    if (posts.length > 0 && chars + length > followUpsChars) break;
    chars += length;
    posts.push({ ...post, text: cutText(post.text, followUpChars) });
  }
  return posts;
}

function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = headOf(text, limit);
  return `${head}\n(Cut here: ${text.length - head.length} more characters stand in the thread.)`;
}

/** One post out of the queue; its own turn is over before it began. */
function takeActions(turn: TurnRecord, { turnId, post, at }: QueuedRecord, now: number): Action[] {
  const { v, sessionId, appId, installationId, channel, threadTs, agent } = turn;
  const ended: TurnRecord = {
    v,
    turnId,
    sessionId,
    appId,
    installationId,
    channel,
    threadTs,
    agent,
    messageTs: post.messageTs,
    requester: post.author,
    state: 'completed',
    steeredInto: turn.turnId,
    epoch: 1,
    fence: 0,
    seals: {},
    step: 0,
    attempts: 0,
    nextSeq: turn.nextSeq,
    usage: { inputTokens: 0, outputTokens: 0 },
    end: { state: 'completed', at: now },
    createdAt: at,
    updatedAt: now,
  };
  return [
    {
      delete: keys.queued(sessionId, post.messageTs),
      condition: { expression: 'attribute_exists(#pk)' },
    },
    { put: { ...keys.turn(turnId), ...ended }, condition: absent },
  ];
}
