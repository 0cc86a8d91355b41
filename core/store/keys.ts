/** The one table's keys. Records outlive deploys: a key's form never changes, new forms get new prefixes. */
export interface Key {
  pk: string;
  sk: string;
}

/** Zero-padded so that string order is number order. */
const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/** Sort key of a session message; six digits leave room for a million messages. */
export const messageSk = (seq: number): string => `MSG#${padded(seq, 6)}`;
/** Sort key of a chunk batch: fences order before sequences. */
export const chunkSk = (fence: number, seq: number): string => `CHUNK#${padded(fence, 6)}#${padded(seq, 8)}`;

export const keys = {
  installation: (appId: string, installationId: string): Key => ({
    pk: `WS#${appId}#${installationId}`,
    sk: 'INSTALL',
  }),
  event: (appId: string, installationId: string, eventId: string): Key => ({
    pk: `EVENT#${appId}#${installationId}#${eventId}`,
    sk: 'SEEN',
  }),
  session: (sessionId: string): Key => ({ pk: `SESSION#${sessionId}`, sk: 'META' }),
  message: (sessionId: string, seq: number): Key => ({ pk: `SESSION#${sessionId}`, sk: messageSk(seq) }),
  /** Queue items are ordered by Slack's message ts, which has a fixed width. */
  queued: (sessionId: string, messageTs: string): Key => ({
    pk: `SESSION#${sessionId}`,
    sk: `QUEUE#${messageTs}`,
  }),
  turn: (turnId: string): Key => ({ pk: `TURN#${turnId}`, sk: 'META' }),
  step: (turnId: string, step: number): Key => ({ pk: `TURN#${turnId}`, sk: `STEP#${padded(step, 5)}` }),
  chunk: (turnId: string, fence: number, seq: number): Key => ({
    pk: `TURN#${turnId}`,
    sk: chunkSk(fence, seq),
  }),
  call: (turnId: string, toolCallId: string): Key => ({ pk: `TURN#${turnId}`, sk: `CALL#${toolCallId}` }),
  usage: (turnId: string, step: number, kind: string, attempt: number): Key => ({
    pk: `TURN#${turnId}`,
    sk: `USAGE#${padded(step, 5)}#${kind}#${padded(attempt, 3)}`,
  }),
  feedback: (turnId: string, userId: string): Key => ({ pk: `TURN#${turnId}`, sk: `FEEDBACK#${userId}` }),
  file: (sessionId: string, fileId: string): Key => ({ pk: `SESSION#${sessionId}`, sk: `FILE#${fileId}` }),
  relay: (turnId: string): Key => ({ pk: `TURN#${turnId}`, sk: 'SLACK' }),
  relayMessage: (turnId: string, n: number): Key => ({
    pk: `TURN#${turnId}`,
    sk: `SLACKMSG#${padded(n, 4)}`,
  }),
  pause: (pauseId: string): Key => ({ pk: `PAUSE#${pauseId}`, sk: 'META' }),
  pauseRow: (pauseId: string, row: number): Key => ({ pk: `PAUSE#${pauseId}`, sk: `ROW#${padded(row, 3)}` }),
  pauseAudit: (pauseId: string, version: number): Key => ({
    pk: `PAUSE#${pauseId}`,
    sk: `AUDIT#${padded(version, 6)}`,
  }),
  /** A refused attempt changes no version: one record per person and row at each. */
  pauseRefusal: (pauseId: string, version: number, row: number, actor: string): Key => ({
    pk: `PAUSE#${pauseId}`,
    sk: `AUDIT#${padded(version, 6)}#REFUSED#${padded(row, 3)}#${actor}`,
  }),
  budget: (appId: string, installationId: string, method: string): Key => ({
    pk: `BUDGET#${appId}#${installationId}`,
    sk: method,
  }),
} as const;

const CHECK_SHARDS = 8;

/** All partitions of the `checkAt` index, which the sweep reads one after the other. */
export const checkPartitions: readonly string[] = Array.from(
  { length: CHECK_SHARDS },
  (_, n) => `CHECK#${n}`,
);

/**
 * Index attributes that say when somebody must look at a record next. Spread over a live record; a record
 * that needs no further look has both attributes removed.
 *
 * @param id the record's id, which decides the shard
 * @param at epoch milliseconds
 */
export function checkAt(id: string, at: number): { gsi3pk: string; gsi3sk: string } {
  let sum = 0;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) >>> 0;
  return { gsi3pk: `CHECK#${sum % CHECK_SHARDS}`, gsi3sk: new Date(at).toISOString() };
}

/** Sessions of an installation by last activity. */
export function byActivity(appId: string, installationId: string, at: number) {
  return { gsi1pk: `SESSIONS#${appId}#${installationId}`, gsi1sk: new Date(at).toISOString() };
}

/** Open pauses by approver; `*` stands for "anyone in the installation". */
export function byApprover(appId: string, installationId: string, approver: string, at: number) {
  return { gsi2pk: `APPROVER#${appId}#${installationId}#${approver}`, gsi2sk: new Date(at).toISOString() };
}

/** All installations, by app and installation. */
export function inInstallations(appId: string, installationId: string) {
  return { gsi1pk: installationsPartition, gsi1sk: `${appId}#${installationId}` };
}

/** The partition of `gsi1` that lists installations; there are few of them, and they are listed seldom. */
export const installationsPartition = 'INSTALLATIONS';
