import { type Bodies, LARGE_BODY_BYTES } from '../store/bodies.ts';
import { keys } from '../store/keys.ts';
import { type Action, absent } from '../store/store.ts';
import type { MessageItem, MessageRecord } from './record.ts';

export interface NewMessage {
  sessionId: string;
  turnId: string;
  fence: number;
  role: 'assistant' | 'tool';
  message: unknown;
}

/** A person's post that a running turn took up; it stands in the history where it was taken up. */
export interface NewPost extends Required<Pick<MessageRecord, 'post' | 'followUp'>> {
  sessionId: string;
  turnId: string;
  role: 'user';
}

/** Messages as `loadHistory` will give them back, for a run that keeps its history beside its commits. */
export function messageRecords(
  firstSeq: number,
  messages: readonly (NewMessage | NewPost)[],
  now: number,
): MessageRecord[] {
  return messages.map((news, index) => {
    const { sessionId, turnId, role } = news;
    const record: MessageRecord = { v: 1, sessionId, seq: firstSeq + index, turnId, role, at: now };
    return news.role === 'user'
      ? { ...record, post: news.post, followUp: news.followUp }
      : { ...record, message: news.message };
  });
}

/**
 * The writes that append messages from a sequence on, for the transaction of a step. A large body is written
 * beforehand under a name that holds the run's fence, so that a run that lost its turn overwrites nothing.
 */
export async function messageActions(
  bodies: Pick<Bodies, 'put'>,
  firstSeq: number,
  messages: readonly (NewMessage | NewPost)[],
  now: number,
): Promise<Action[]> {
  return Promise.all(
    messages.map(async (news, index) => {
      const { sessionId, turnId, role } = news;
      const seq = firstSeq + index;
      const record: MessageItem = { v: 1, sessionId, seq, turnId, role, at: now };
      if (news.role === 'user') {
        const { post, followUp } = news;
        return { put: { ...keys.message(sessionId, seq), ...record, post, followUp }, condition: absent };
      }
      const { message, fence } = news;
      const body = JSON.stringify(message);
      if (Buffer.byteLength(body) > LARGE_BODY_BYTES) {
        record.bodyKey = `sessions/${sessionId}/${seq}-${turnId}-${fence}`;
        await bodies.put(record.bodyKey, message);
      } else record.body = body;
      return { put: { ...keys.message(sessionId, seq), ...record }, condition: absent };
    }),
  );
}
