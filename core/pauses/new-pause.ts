import { createHash } from 'node:crypto';
import type { Agent } from '../agents/define-agent.ts';
import type { Limits } from '../settings.ts';
import { byApprover, checkAt, keys } from '../store/keys.ts';
import { type Action, absent } from '../store/store.ts';
import { shownValue } from '../stream/chunk-item.ts';
import { headOf } from '../text.ts';
import { approverPolicy } from '../tools/approval.ts';
import type { StepToolCall, TurnRecord } from '../turns/record.ts';
import { approverOf } from './policy.ts';
import type { ApproverPolicy, PauseRecord, PauseRowRecord, PreviewLine } from './record.ts';

/** One thing that somebody must decide before the turn goes on: a row's record, as yet without its place. */
type NewRequirement = Omit<PauseRowRecord, 'v' | 'pauseId' | 'row' | 'input'> & { input: unknown };

/** All that one step asks for: one pause, a row for each requirement. */
export interface NewPause {
  pauseId: string;
  turn: Pick<
    TurnRecord,
    'turnId' | 'sessionId' | 'appId' | 'installationId' | 'channel' | 'threadTs' | 'requester'
  >;
  step: number;
  rows: readonly NewRequirement[];
  policy: ApproverPolicy;
  /** Epoch milliseconds. */
  now: number;
  expiresAt: number;
}

export interface AskingStep extends Pick<NewPause, 'pauseId' | 'turn' | 'step' | 'now'> {
  /** The step's calls that somebody must approve. */
  calls: readonly StepToolCall[];
  agent: Pick<Agent, 'tools' | 'approval'>;
  limits: Pick<Limits, 'pauseExpiryMs'>;
}

/** The pause that a step's calls ask for: a confirmation for each, under the strictest of their policies. */
export function newPause({ calls, agent, limits, ...step }: AskingStep): NewPause {
  return {
    ...step,
    rows: calls.map((call) => confirmationOf(call, agent)),
    policy: approverPolicy(
      agent,
      calls.map((call) => call.toolName),
    ),
    expiresAt: step.now + limits.pauseExpiryMs,
  };
}

/** More than a card can show, and little enough for many rows in one transaction. */
const PREVIEW_CHARS = 2_000;

function confirmationOf(
  { toolCallId, toolName, input }: StepToolCall,
  agent: AskingStep['agent'],
): NewRequirement {
  const tool = agent.tools.find(({ name }) => name === toolName);
  return {
    kind: 'confirmation',
    toolCallId,
    toolName,
    title: tool?.title ?? toolName,
    input,
    preview: (tool?.preview(input) ?? []).map(previewLine),
  };
}

function previewLine({ label, value }: PreviewLine): PreviewLine {
  const kept = headOf(value, PREVIEW_CHARS);
  const omitted = Array.from(value.slice(kept.length)).length;
  return { label, value: kept, ...(omitted > 0 ? { omitted } : {}) };
}

/** The state machine's token comes within seconds; a pause that has none by then lost it. */
export const TOKEN_CHECK_MS = 120_000;

/** The pause's META, open. */
export function newPauseRecord({ pauseId, turn, step, rows, policy, now, expiresAt }: NewPause): PauseRecord {
  return {
    v: 1,
    pauseId,
    turnId: turn.turnId,
    sessionId: turn.sessionId,
    appId: turn.appId,
    installationId: turn.installationId,
    channel: turn.channel,
    threadTs: turn.threadTs,
    requester: turn.requester,
    state: 'open',
    step,
    version: 1,
    openCount: rows.length,
    rows: rows.map(({ kind, toolCallId, input }) => ({ kind, toolCallId, argsDigest: argsDigestOf(input) })),
    policy,
    expiresAt,
    createdAt: now,
    updatedAt: now,
    ...byApprover(turn.appId, turn.installationId, approverOf(policy, turn.requester), now),
    // Until its token is there; with it the pause is looked at when it expires and not before, so that what waits
    // costs the sweep nothing.
    ...checkAt(pauseId, Math.min(now + TOKEN_CHECK_MS, expiresAt)),
  };
}

/** The writes that bring a pause into being, for the transaction in which the run pauses its turn. */
export function pauseActions(pause: NewPause): Action[] {
  const { pauseId } = pause;
  return [
    { put: { ...keys.pause(pauseId), ...newPauseRecord(pause) }, condition: absent },
    ...pause.rows.map((requirement, row): Action => {
      const input = JSON.stringify(shownValue(requirement.input));
      const item: PauseRowRecord = { v: 1, pauseId, row, ...requirement, input };
      return { put: { ...keys.pauseRow(pauseId, row), ...item }, condition: absent };
    }),
  ];
}

/** SHA-256 of a tool call's arguments, in hex; the same for every order of their keys. */
export function argsDigestOf(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${entries.join(',')}}`;
}
