import type { PlannedCall } from '../../core/relay/plan.ts';
import { planFlush } from '../../core/relay/plan-flush.ts';
import { firstSpot, type RelayRecord, type RelayView } from '../../core/relay/record.ts';
import { defaultLimits, type Limits } from '../../core/settings.ts';
import type { ChunkBatch, FinishNotice, StreamChunk } from '../../core/stream/chunks.ts';

export const turnId = `t${'7'.repeat(32)}`;
export const requesterId = 'U1ASKER';
export const T0 = 1_800_000_000_000;

// Chunks, by what they mean

export const says = (delta: string, id = '0'): StreamChunk => ({ type: 'text-delta', id, delta });
export const beginsText = (id = '0'): StreamChunk => ({ type: 'text-start', id });
export const endsText = (id = '0'): StreamChunk => ({ type: 'text-end', id });
/** A whole part of text. */
export const part = (text: string): StreamChunk[] => [beginsText(), says(text), endsText()];
export const asks = (toolCallId: string, input: unknown = {}, toolName = 'read_file'): StreamChunk => ({
  type: 'tool-input-available',
  toolCallId,
  toolName,
  input,
});
export const gets = (toolCallId: string, output: unknown = 'ok'): StreamChunk => ({
  type: 'tool-output-available',
  toolCallId,
  output,
});
export const failsWith = (toolCallId: string, errorText: string): StreamChunk => ({
  type: 'tool-output-error',
  toolCallId,
  errorText,
});
export const ends = (end: FinishNotice['end'] = 'completed', reason?: string): StreamChunk => ({
  type: 'finish',
  messageMetadata: { end, ...(reason ? { reason } : {}) },
});
export const pauses = (pauseId = 'p1'): StreamChunk => ({ type: 'data-pause', data: { pauseId } });
export const resumes = (pauseId = 'p1'): StreamChunk => ({ type: 'data-resume', data: { pauseId } });

/** A log of one fence: each argument is a batch. */
export function logOf(...batches: StreamChunk[][]): ChunkBatch[] {
  return batches.map((chunks, n) => ({ fence: 1, seq: n + 1, chunks, at: T0 }));
}

export type PlanRecord = Pick<RelayRecord, 'turnId' | 'requester' | 'lastAppendAt' | 'view'>;

export function recordWith(view: Partial<RelayView> = {}): PlanRecord {
  return {
    turnId,
    requester: { userId: requesterId, teamId: 'T1' },
    view: { spot: firstSpot, messages: 0, ...view },
  };
}

/** What Slack would show of the planned calls: its messages, oldest first. */
export interface ShownMessage {
  text: string;
  cards: Map<string, { title: string; status: string; details: string; output: string }>;
  titles: string[];
  open: boolean;
  /** Sessions status of its stop. */
  status?: string;
}

export function applyCall(
  shown: ShownMessage[],
  { method, args }: Pick<PlannedCall, 'method' | 'args'>,
): void {
  if (method === 'chat.startStream') shown.push({ text: '', cards: new Map(), titles: [], open: true });
  const message = shown.at(-1);
  if (!message?.open) throw new Error(`${method} without an open stream`);
  for (const chunk of (args.chunks ?? []) as Record<string, string>[]) {
    if (chunk.type === 'markdown_text') message.text += chunk.text;
    if (chunk.type === 'plan_update') message.titles.push(chunk.title ?? '');
    if (chunk.type === 'task_update') {
      const { id = '', title = '', status = '', details = '', output = '' } = chunk;
      const before = message.cards.get(id);
      message.cards.set(id, {
        title,
        status,
        details: (before?.details ?? '') + details,
        output: (before?.output ?? '') + output,
      });
    }
  }
  if (method === 'chat.stopStream') {
    message.open = false;
    message.status = String(args.session_status);
  }
}

export interface Played {
  calls: PlannedCall[];
  shown: ShownMessage[];
  record: PlanRecord;
}

/**
 * Plays a log into a model of Slack: `steps` tells after which batches a flush happens, and at what time; calls go
 * out when they may.
 */
export function play(
  batches: readonly ChunkBatch[],
  steps: readonly { upTo: number; now: number }[],
  options: {
    limits?: Partial<Limits>;
    rollAgeMs?: number;
    ended?: boolean;
    successor?: boolean;
    kind?: 'compaction';
  } = {},
): Played {
  const limits = { ...defaultLimits, ...options.limits };
  const calls: PlannedCall[] = [];
  const shown: ShownMessage[] = [];
  let record = recordWith();
  for (const { upTo, now } of steps) {
    const known = batches.slice(0, upTo);
    const ended = known.some((batch) => batch.chunks.some((chunk) => chunk.type === 'finish'));
    const end = { state: 'completed' as const, at: now };
    const kind = options.kind ? { kind: options.kind } : {};
    const turn = ended
      ? { state: 'completed' as const, end, ...kind }
      : { state: 'running' as const, ...kind };
    const stream = { turn, batches: known, successor: options.successor ?? false };
    let clock = now;
    for (let round = 0; round < 200; round++) {
      const plan = planFlush(record, stream, limits, clock, options.rollAgeMs ?? limits.rollAgeMinMs);
      const [call] = plan.calls;
      if (!call) {
        record = { ...record, view: plan.view };
        break;
      }
      clock = Math.max(clock, call.at);
      applyCall(shown, call);
      calls.push(call);
      const { after } = call;
      const message = after.message && { ...after.message, ts: after.message.ts || `ts${shown.length}` };
      record = {
        ...record,
        view: { ...after, ...(message ? { message } : {}) },
        ...(call.method === 'chat.appendStream' ? { lastAppendAt: clock } : {}),
      };
    }
  }
  return { calls, shown, record };
}

/** All at once: the whole log is there when the first flush happens. */
export const playAtOnce = (
  batches: readonly ChunkBatch[],
  options: Parameters<typeof play>[2] = {},
): Played => play(batches, [{ upTo: batches.length, now: T0 }], options);

/** Chunks of a call, by type. */
export const chunksOf = (call: PlannedCall | undefined): Record<string, string>[] =>
  (call?.args.chunks ?? []) as Record<string, string>[];
