import type { Requester } from '../turns/record.ts';

export type RequirementKind =
  | 'confirmation'
  | 'user_input'
  | 'user_feedback'
  | 'external_execution'
  | 'operation'
  | 'subagent';

/** Who may decide a row. */
export type ApproverPolicy = { who: 'requester' } | { who: 'anyone' } | { who: 'people'; people: string[] };

export interface Decision {
  answer: 'approved' | 'denied';
  by: string;
  at: number;
  /** `person` through a door, `expiry` by the sweep, `stop` when the turn was stopped. */
  cause: 'person' | 'expiry' | 'stop';
  /** Why, in the person's words: all of it or its beginning (`withWholeReasons` gives the whole). */
  reason?: string;
  /** How many characters of the reason are left out here. */
  reasonOmitted?: number;
}

/** What META keeps of a row: only what is decided (at most 300 bytes). */
export interface RowState {
  kind: RequirementKind;
  toolCallId: string;
  /** SHA-256 of the arguments: a decision is about exactly these. */
  argsDigest: string;
  decision?: Decision;
}

/**
 * `PAUSE#id` / `META`. `open` until every row is decided, `decided` until the run that goes on consumes it,
 * `cancelled` when the turn ended meanwhile.
 */
export interface PauseRecord {
  v: 1;
  pauseId: string;
  turnId: string;
  sessionId: string;
  appId: string;
  installationId: string;
  channel: string;
  threadTs: string;
  requester: Requester;
  state: 'open' | 'decided' | 'consumed' | 'cancelled';
  step: number;
  version: number;
  openCount: number;
  rows: RowState[];
  policy: ApproverPolicy;
  /** A credential: it leaves the table only on the way to Step Functions. */
  taskToken?: string;
  /** When the decision was last handed to Step Functions. */
  resumeSentAt?: number;
  /** The card: reserved before the post, its ts stored after. */
  delivery?: { reservedAt: number; ts?: string; shownVersion?: number };
  expiresAt: number;
  createdAt: number;
  updatedAt: number;
  gsi2pk?: string;
  gsi2sk?: string;
  gsi3pk?: string;
  gsi3sk?: string;
}

/** A line that people read before they decide. */
export interface PreviewLine {
  label: string;
  value: string;
  /** How many characters of the value were left out, where it is very long. */
  omitted?: number;
}

/** `PAUSE#id` / `ROW#n`: what the row is about. */
export interface PauseRowRecord {
  v: 1;
  pauseId: string;
  row: number;
  kind: RequirementKind;
  toolCallId: string;
  toolName: string;
  title: string;
  /** The arguments as JSON text, cut where they are large: a view; the step has them whole. */
  input: string;
  /** Lines for people, made by the tool: label and value. */
  preview: PreviewLine[];
}

/**
 * `PAUSE#id` / `AUDIT#version`: who did what, written in the decision's transaction. Attempts of people whom the
 * policy does not let decide are `refused` ones, each person's first at a version, behind the decisions' key.
 */
export interface PauseAuditRecord {
  v: 1;
  pauseId: string;
  version: number;
  row: number;
  actor: string;
  action: 'approved' | 'denied' | 'expired' | 'cancelled' | 'refused';
  door: 'slack' | 'api' | 'cli' | 'sweep' | 'stop';
  installationId: string;
  at: number;
  /** All that the person wrote as a reason. */
  reason?: string;
}
