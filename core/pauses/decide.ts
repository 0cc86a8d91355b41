import { mayDecide } from './policy.ts';
import { keptReason, wholeReason } from './reason.ts';
import type { Decision, PauseAuditRecord, PauseRecord, RowState } from './record.ts';

/** Somebody wants to decide one row, through any door. */
export interface DecisionRequest {
  row: number;
  answer: Decision['answer'];
  by: string;
  /** App and installation that the door's caller belongs to; a pause of another one does not exist for it. */
  appId: string;
  installationId: string;
  /** Epoch milliseconds. */
  at: number;
  door: PauseAuditRecord['door'];
  reason?: string;
}

type RefusalReason = 'unknown' | 'not_allowed' | 'expired' | 'closed';

/** `decide`: the pause as it would stand. `already`: the row has an answer, and here it is. */
export type DecisionPlan =
  | { kind: 'decide'; after: PauseRecord; decision: Decision }
  | { kind: 'already'; decision: Decision }
  | { kind: 'refused'; reason: RefusalReason };

/**
 * Decides what a request does to a pause, given the pause as it was read. Whoever comes late is told the answer
 * that stands before anything else is looked at. Expiry is checked here as well as by the sweep, which comes late.
 */
export function decideRow(pause: PauseRecord, request: DecisionRequest): DecisionPlan {
  if (pause.appId !== request.appId || pause.installationId !== request.installationId)
    return { kind: 'refused', reason: 'unknown' };
  const row = pause.rows[request.row];
  if (!row) return { kind: 'refused', reason: 'unknown' };
  if (row.decision) return { kind: 'already', decision: row.decision };
  if (pause.state !== 'open') return { kind: 'refused', reason: 'closed' };
  if (!mayDecide(pause.policy, pause.requester, request.by))
    return { kind: 'refused', reason: 'not_allowed' };
  if (request.at >= pause.expiresAt) return { kind: 'refused', reason: 'expired' };
  const reason = wholeReason(request.reason);
  const decision: Decision = {
    answer: request.answer,
    by: request.by,
    at: request.at,
    cause: 'person',
    ...(reason ? keptReason(reason) : {}),
  };
  return { kind: 'decide', after: withRow(pause, request.row, decision), decision };
}

/** The pause with one more row decided; with the last one it is `decided` itself. */
export function withRow(pause: PauseRecord, row: number, decision: Decision): PauseRecord {
  const rows = pause.rows.map((state, n): RowState => (n === row ? { ...state, decision } : state));
  const openCount = rows.filter((state) => !state.decision).length;
  return {
    ...pause,
    rows,
    openCount,
    // Nothing decided leaves it open, whatever else was pressed (case G-22).
    state: openCount === 0 ? 'decided' : pause.state,
    version: pause.version + 1,
    updatedAt: decision.at,
  };
}

/** The pause with all its open rows decided at once; the version counts each row, for each has its audit record. */
export function withOpenRows(pause: PauseRecord, decision: Decision): PauseRecord {
  return openRows(pause).reduce((state, row) => withRow(state, row, decision), pause);
}

/** Numbers of the rows nobody decided yet. */
export function openRows(pause: PauseRecord): number[] {
  return pause.rows.flatMap((state, n) => (state.decision ? [] : [n]));
}

/** Whether nobody decided in time: then what is open counts as denied. */
export function hasExpired(pause: PauseRecord, now: number): boolean {
  return pause.state === 'open' && now >= pause.expiresAt;
}
