import { newRelayItem } from '../relay/new-relay-item.ts';
import type { Limits } from '../settings.ts';
import { checkAt, keys } from '../store/keys.ts';
import { type Action, absent } from '../store/store.ts';
import type { TurnRecord } from '../turns/record.ts';
import type { MessageRecord, SessionRecord, UserPost } from './record.ts';

export interface NewTurn {
  turnId: string;
  session: Pick<SessionRecord, 'sessionId' | 'appId' | 'installationId' | 'channel' | 'threadTs' | 'agent'>;
  post: UserPost;
  /** The sequence that the post takes in the session. */
  seq: number;
  previousTurnId?: string;
  /** A turn without a message: `post` tells whom and where it is for, `seq` is the next free sequence. */
  kind?: TurnRecord['kind'];
  now: number;
  limits: Limits;
}

/**
 * The writes that bring a turn into being, for the transaction of whoever does it: admission of a post, or the
 * end of the turn before it. In this order: turn, message (where there is one), relay record.
 */
export function newTurnActions({
  turnId,
  session,
  post,
  seq,
  previousTurnId,
  kind,
  now,
  limits,
}: NewTurn): Action[] {
  const turn: TurnRecord = {
    v: 1,
    turnId,
    sessionId: session.sessionId,
    appId: session.appId,
    installationId: session.installationId,
    channel: session.channel,
    threadTs: session.threadTs,
    messageTs: post.messageTs,
    state: 'starting',
    requester: post.author,
    agent: session.agent,
    // What was chosen when they wrote, however long the post waited (case K-21).
    ...(post.model ? { model: post.model } : {}),
    epoch: 1,
    fence: 0,
    seals: {},
    step: 0,
    attempts: 0,
    ...(kind ? { kind } : {}),
    nextSeq: kind ? seq : seq + 1,
    usage: { inputTokens: 0, outputTokens: 0 },
    ...(previousTurnId ? { previousTurnId } : {}),
    createdAt: now,
    updatedAt: now,
    ...checkAt(turnId, now + limits.startCheckMs),
  };
  const message: MessageRecord = {
    v: 1,
    sessionId: session.sessionId,
    seq,
    turnId,
    role: 'user',
    post,
    at: now,
  };
  return [
    { put: { ...keys.turn(turnId), ...turn }, condition: absent },
    ...(kind ? [] : [{ put: { ...keys.message(session.sessionId, seq), ...message }, condition: absent }]),
    { put: newRelayItem({ turn, display: post.display, now }), condition: absent },
  ];
}
