import { type Bodies, LARGE_BODY_BYTES } from '../store/bodies.ts';
import { keys } from '../store/keys.ts';
import { type Action, absent, type Store } from '../store/store.ts';
import type { MessageRecord } from './record.ts';

/** All messages of a session in order, large bodies fetched. */
export async function loadMessages(
  store: Store,
  bodies: Bodies,
  sessionId: string,
): Promise<MessageRecord[]> {
  const records = await store.query<MessageRecord>({ pk: keys.session(sessionId).pk, prefix: 'MSG#' });
  return Promise.all(
    records.map(async (record) =>
      record.bodyKey ? { ...record, message: await bodies.get(record.bodyKey) } : record,
    ),
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
      const record: MessageRecord = { v: 1, sessionId, seq, turnId, role, at: now };
      if (Buffer.byteLength(JSON.stringify(message)) > LARGE_BODY_BYTES) {
        record.bodyKey = `sessions/${sessionId}/${seq}-${turnId}-${fence}`;
        await bodies.put(record.bodyKey, message);
      } else record.message = message;
      return { put: { ...keys.message(sessionId, seq), ...record }, condition: absent };
    }),
  );
}
