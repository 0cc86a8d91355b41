import type { MessageItem, MessageRecord, QueuedRecord, SessionRecord } from '../core/sessions/record.ts';
import { keys } from '../core/store/keys.ts';
import type { TurnRecord } from '../core/turns/record.ts';
import type { Deployment } from './deployment.ts';
import { messageHead } from './message-head.ts';
import { plainRecord } from './plain-record.ts';

/** A message as commands tell of it. */
export interface ToldMessage {
  seq: number;
  at: number;
  role: MessageRecord['role'];
  /** Who wrote it, for a person's message. */
  author?: string;
  turnId: string;
  head: string;
}

export interface ToldSession {
  session: SessionRecord;
  /** The last ones, in order. */
  messages: ToldMessage[];
  queue: QueuedRecord[];
  /** Of the messages shown and of the queue, in order. */
  turns: Pick<TurnRecord, 'turnId' | 'state' | 'kind' | 'step' | 'end' | 'steeredInto' | 'createdAt'>[];
}

/** The sessions of all workspaces, the last active first. */
export async function listSessions(
  { store, installations }: Pick<Deployment, 'store' | 'installations'>,
  limit: number,
): Promise<SessionRecord[]> {
  const found = await Promise.all(
    (await installations.list()).map(({ appId, installationId }) =>
      store.queryIndex<SessionRecord>('gsi1', `SESSIONS#${appId}#${installationId}`, undefined, limit, true),
    ),
  );
  return found
    .flat()
    .sort((one, other) => other.updatedAt - one.updatedAt)
    .slice(0, limit)
    .map(plainRecord);
}

/** What a session holds: its last messages, what waits, and how its turns went. */
export async function readSession(
  { store, bodies }: Pick<Deployment, 'store' | 'bodies'>,
  session: SessionRecord,
  limit: number,
): Promise<ToldSession> {
  const { pk } = keys.session(session.sessionId);
  const [items, queue] = await Promise.all([
    store.query<MessageItem>({ pk, prefix: 'MSG#', limit, reverse: true }),
    store.query<QueuedRecord>({ pk, prefix: 'QUEUE#' }),
  ]);
  items.reverse();
  const messages = await Promise.all(
    items.map(async ({ body, bodyKey, ...record }): Promise<ToldMessage> => {
      const message: unknown = bodyKey ? await bodies.get(bodyKey) : JSON.parse(body ?? 'null');
      const { seq, at, role, turnId, post } = record;
      const author = post ? { author: post.author.userId } : {};
      return { seq, at, role, ...author, turnId, head: messageHead({ ...record, message }) };
    }),
  );
  // A turn of a queued message does not exist yet.
  const ids = [...new Set([...messages.map(({ turnId }) => turnId), session.activeTurnId])];
  const turns = await Promise.all(ids.map((id) => (id ? store.get<TurnRecord>(keys.turn(id)) : undefined)));
  return {
    session: plainRecord(session),
    messages,
    queue: queue.map(plainRecord),
    turns: turns.flatMap((turn) => {
      if (!turn) return [];
      const { turnId, state, kind, step, end, steeredInto, createdAt } = turn;
      return [
        {
          turnId,
          state,
          step,
          createdAt,
          ...(kind ? { kind } : {}),
          ...(end ? { end } : {}),
          ...(steeredInto ? { steeredInto } : {}),
        },
      ];
    }),
  };
}
