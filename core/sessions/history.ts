import type { Log } from '../log.ts';
import type { Bodies } from '../store/bodies.ts';
import { type Key, keys, messageSk } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { Checkpoint, MessageItem, MessageRecord } from './record.ts';

export interface HistoryDeps {
  store: Store;
  bodies: Pick<Bodies, 'get'>;
  log: Log;
}

/**
 * A session's conversation in order, large bodies fetched. With a checkpoint that is one body and the messages behind
 * it, however long the conversation is; without one it is all messages. A checkpoint that is gone or unreadable is
 * passed over: all messages are read then, for they stay in the table.
 *
 * @throws what the store throws, and what the bucket throws for a message's own body unless that body is gone: a
 *   failure that passes must not look like a message that was never there
 */
export async function loadHistory(
  deps: HistoryDeps,
  sessionId: string,
  checkpoint?: Checkpoint,
): Promise<MessageRecord[]> {
  if (!checkpoint) return loadBehind(deps, sessionId, 0);
  const [kept, behind] = await Promise.all([
    readCheckpoint(deps, sessionId, checkpoint),
    loadBehind(deps, sessionId, checkpoint.seq),
  ]);
  return kept ? [...kept, ...behind] : loadBehind(deps, sessionId, 0);
}

/** Messages behind a sequence, in order of their sequence: times may be equal or swapped (case K-33). */
async function loadBehind(deps: HistoryDeps, sessionId: string, seq: number): Promise<MessageRecord[]> {
  const items = await deps.store.query<Key & MessageItem>({
    pk: keys.session(sessionId).pk,
    prefix: 'MSG#',
    from: messageSk(seq + 1),
  });
  return Promise.all(items.map((item) => recordOf(deps, item)));
}

async function recordOf(
  { bodies, log }: HistoryDeps,
  { pk: _pk, sk: _sk, body, bodyKey, ...record }: Key & MessageItem,
): Promise<MessageRecord> {
  const { sessionId, seq } = record;
  if (bodyKey)
    try {
      return { ...record, message: await bodies.get(bodyKey) };
    } catch (error) {
      if (!isGone(error)) throw error;
      log.warn('the body of a message is gone: the model does not see it', { sessionId, seq, bodyKey });
      return record;
    }
  if (body === undefined) return record;
  try {
    return { ...record, message: JSON.parse(body) as unknown };
  } catch {
    log.warn('a message is no JSON: the model does not see it', { sessionId, seq });
    return record;
  }
}

/** No such object, or one that is no JSON: reading it again would change nothing. */
function isGone(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && error.name === 'NoSuchKey');
}

async function readCheckpoint(
  { bodies, log }: HistoryDeps,
  sessionId: string,
  { key }: Checkpoint,
): Promise<MessageRecord[] | undefined> {
  let error: unknown;
  try {
    const body = await bodies.get(key);
    if (isRecords(body)) return body;
    error = 'it holds no messages that this version knows';
  } catch (thrown) {
    error = thrown;
  }
  log.warn('a checkpoint cannot be read: all messages are read instead', { sessionId, key, error });
  return undefined;
}

const ROLES: ReadonlySet<unknown> = new Set<MessageRecord['role']>(['user', 'assistant', 'tool']);

/** Whether a body is a list of records as some version wrote them; an empty one stands for nothing. */
function isRecords(body: unknown): body is MessageRecord[] {
  return Array.isArray(body) && body.length > 0 && body.every(isRecord);
}

function isRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { v, seq, role } = value as Record<string, unknown>;
  return v === 1 && Number.isInteger(seq) && ROLES.has(role);
}
