import { ConditionFailedError } from '../store/errors.ts';
import { checkAt, keys } from '../store/keys.ts';
import { type Action, absent, type Condition, type Store } from '../store/store.ts';
import { openRows, withOpenRows } from './decide.ts';
import type { Decision, PauseAuditRecord, PauseRecord, PauseRowRecord } from './record.ts';

export interface PauseStoreDeps {
  store: Store;
  now: () => number;
}

export function loadPause(store: Store, pauseId: string): Promise<PauseRecord | undefined> {
  return store.get<PauseRecord>(keys.pause(pauseId));
}

/** One row's texts; undefined when there is no such row. */
export function loadPauseRow(
  store: Store,
  pauseId: string,
  row: number,
): Promise<PauseRowRecord | undefined> {
  return store.get<PauseRowRecord>(keys.pauseRow(pauseId, row));
}

/** The rows' texts, in row order. */
export function loadPauseRows(store: Store, pauseId: string): Promise<PauseRowRecord[]> {
  return store.query<PauseRowRecord>({ pk: keys.pause(pauseId).pk, prefix: 'ROW#' });
}

/** The pause must be as it was read: every change of rows or state raises the version. */
function unchanged(pause: PauseRecord, more = '', values: Record<string, unknown> = {}): Condition {
  return {
    expression: `#version = :version AND #state = :state${more}`,
    values: { ':version': pause.version, ':state': pause.state, ...values },
  };
}

/**
 * META as a decision leaves it, at the version that was read. Nothing else of the record is touched: token and
 * delivery are written meanwhile by the relay. A decided pause is looked at again soon, in case its decision does
 * not arrive.
 *
 * @param expiry refuses the write once the pause has expired, whatever was read
 */
export function decisionAction(
  before: PauseRecord,
  after: PauseRecord,
  resumeCheckMs: number,
  expiry: 'in-time' | 'any-time',
): Action {
  const decided = after.state === 'decided';
  const inTime = expiry === 'in-time';
  return {
    update: {
      key: keys.pause(before.pauseId),
      set: {
        rows: after.rows,
        state: after.state,
        openCount: after.openCount,
        version: after.version,
        updatedAt: after.updatedAt,
        ...(decided ? checkAt(before.pauseId, after.updatedAt + resumeCheckMs) : {}),
      },
      ...(decided ? { remove: ['gsi2pk', 'gsi2sk'] } : {}),
      condition: inTime
        ? unchanged(before, ' AND #expiresAt > :now', { ':now': after.updatedAt })
        : unchanged(before),
    },
  };
}

export interface AuditEntry
  extends Pick<PauseAuditRecord, 'version' | 'row' | 'actor' | 'action' | 'door' | 'at' | 'reason'> {}

/** Who did what, for the transaction in which it is done. */
export function auditAction(pause: PauseRecord, entry: AuditEntry): Action {
  return {
    put: { ...keys.pauseAudit(pause.pauseId, entry.version), ...auditRecord(pause, entry) },
    condition: absent,
  };
}

function auditRecord(pause: PauseRecord, entry: AuditEntry): PauseAuditRecord {
  return { v: 1, pauseId: pause.pauseId, installationId: pause.installationId, ...entry };
}

/** Keeps the attempt of somebody whom the policy does not let decide (case G-40): the first at each version. */
export async function recordRefusal(
  store: Store,
  pause: PauseRecord,
  entry: Pick<AuditEntry, 'row' | 'actor' | 'door' | 'at'>,
): Promise<void> {
  const { pauseId, version } = pause;
  try {
    await store.put(
      {
        ...keys.pauseRefusal(pauseId, version, entry.row, entry.actor),
        ...auditRecord(pause, { ...entry, version, action: 'refused' }),
      },
      absent,
    );
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}

/** decided → consumed, for the first commit of the run that goes on: from then on the decision stands. */
export function consumePauseAction(pause: PauseRecord, now: number): Action {
  return {
    update: {
      key: keys.pause(pause.pauseId),
      set: { state: 'consumed', version: pause.version + 1, updatedAt: now },
      remove: ['taskToken', 'gsi2pk', 'gsi2sk', 'gsi3pk', 'gsi3sk'],
      condition: {
        expression: '#version = :version AND #state = :decided',
        values: { ':version': pause.version, ':decided': 'decided' },
      },
    },
  };
}

/**
 * Cancels a pause in the transaction that ends its turn: open rows count as denied. The token stays, for the
 * execution still waits and must be told to leave (`resumePause`, or the sweep).
 */
export function cancelPauseAction(
  pause: PauseRecord,
  by: string,
  cause: Decision['cause'],
  now: number,
): Action {
  const after = withOpenRows(pause, { answer: 'denied', by, at: now, cause });
  return {
    update: {
      key: keys.pause(pause.pauseId),
      set: {
        rows: after.rows,
        state: 'cancelled',
        openCount: 0,
        version: Math.max(after.version, pause.version + 1),
        updatedAt: now,
        ...checkAt(pause.pauseId, now),
      },
      remove: ['gsi2pk', 'gsi2sk'],
      condition: unchanged(pause),
    },
  };
}

/** Audit records that belong to `cancelPauseAction`, one for each row it closes. */
export function cancelAuditActions(pause: PauseRecord, by: string, now: number): Action[] {
  return openRows(pause).map((row, n) =>
    auditAction(pause, {
      version: pause.version + 1 + n,
      row,
      actor: by,
      action: 'cancelled',
      door: 'stop',
      at: now,
    }),
  );
}

/**
 * Keeps the token that the state machine waits with. A retried state brings a new one, which replaces the old.
 *
 * @returns the record after the write, so that whoever stores it sees a decision that came first; undefined when
 * there is no such pause
 */
export async function storeTaskToken(
  deps: PauseStoreDeps,
  { pauseId, token }: { pauseId: string; token: string },
): Promise<PauseRecord | undefined> {
  const pause = await updateExisting(deps, pauseId, { taskToken: token });
  if (pause?.state !== 'open') return pause;
  // From here on it is healthy, and looked at when it expires. One that was decided meanwhile keeps its own time.
  const healthy = await updateExisting(
    deps,
    pauseId,
    checkAt(pauseId, pause.expiresAt),
    '#openCount > :none',
    {
      ':none': 0,
    },
  );
  return healthy ?? loadPause(deps.store, pauseId);
}

/**
 * Reserves the card before it is posted (case G-18): one holder at a time.
 *
 * @returns the record after, or undefined when there is no such pause or the card is reserved already
 */
export function reserveDelivery(deps: PauseStoreDeps, pauseId: string): Promise<PauseRecord | undefined> {
  return updateExisting(
    deps,
    pauseId,
    { delivery: { reservedAt: deps.now() } },
    'attribute_not_exists(#delivery)',
  );
}

/**
 * Keeps where the card is and which version of the pause it shows.
 *
 * @returns the record after: a higher version means that the card is stale already and is to be replaced
 */
export function storeDelivery(
  deps: PauseStoreDeps,
  pauseId: string,
  ts: string,
  shownVersion: number,
): Promise<PauseRecord | undefined> {
  return updateExisting(deps, pauseId, { delivery: { reservedAt: deps.now(), ts, shownVersion } });
}

async function updateExisting(
  deps: PauseStoreDeps,
  pauseId: string,
  set: Record<string, unknown>,
  condition?: string,
  values?: Record<string, unknown>,
): Promise<PauseRecord | undefined> {
  try {
    return await deps.store.update<PauseRecord>({
      key: keys.pause(pauseId),
      set: { ...set, updatedAt: deps.now() },
      condition: {
        expression: `attribute_exists(#pk)${condition ? ` AND ${condition}` : ''}`,
        ...(values ? { values } : {}),
      },
    });
  } catch (error) {
    if (error instanceof ConditionFailedError) return undefined;
    throw error;
  }
}
