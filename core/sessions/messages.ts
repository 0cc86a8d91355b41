import { type Bodies, LARGE_BODY_BYTES } from '../store/bodies.ts';
import { keys } from '../store/keys.ts';
import { type Action, absent, type Store } from '../store/store.ts';
import type { MessageItem, MessageRecord } from './record.ts';

/** All messages of a session in order, large bodies fetched. */
export async function loadMessages(
  store: Store,
  bodies: Bodies,
  sessionId: string,
): Promise<MessageRecord[]> {
  const items = await store.query<MessageItem>({ pk: keys.session(sessionId).pk, prefix: 'MSG#' });
  return Promise.all(
    items.map(async ({ body, bodyKey, ...record }) => {
      if (bodyKey) return { ...record, message: await bodies.get(bodyKey) };
      return body === undefined ? record : { ...record, message: JSON.parse(body) as unknown };
    }),
  );
}

export interface NewMessage {
  sessionId: string;
  turnId: string;
  fence: number;
  role: 'assistant' | 'tool';
  message: unknown;
}

/**
 * The writes that append messages from a sequence on, for the transaction of a step. A large body is written
 * beforehand under a name that holds the run's fence, so that a run that lost its turn overwrites nothing.
 */
export async function messageActions(
  bodies: Bodies,
  firstSeq: number,
  messages: readonly NewMessage[],
  now: number,
): Promise<Action[]> {
  return Promise.all(
    messages.map(async ({ sessionId, turnId, fence, role, message }, index) => {
      const seq = firstSeq + index;
      const record: MessageItem = { v: 1, sessionId, seq, turnId, role, at: now };
      const body = JSON.stringify(message);
      if (Buffer.byteLength(body) > LARGE_BODY_BYTES) {
        record.bodyKey = `sessions/${sessionId}/${seq}-${turnId}-${fence}`;
        await bodies.put(record.bodyKey, message);
      } else record.body = body;
      return { put: { ...keys.message(sessionId, seq), ...record }, condition: absent };
    }),
  );
}
