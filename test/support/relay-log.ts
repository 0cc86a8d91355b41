import type { DisplayChoice } from '../../core/display/display.ts';
import type { PlannedCall } from '../../core/relay/plan/plan.ts';
import { planFlush } from '../../core/relay/plan/plan-flush.ts';
import { CONTINUED } from '../../core/relay/plan/text-draft.ts';
import { firstSpot, type RelayRecord, type RelayView, type Spot } from '../../core/relay/record.ts';
import { nextAfter } from '../../core/relay/recovery/failures.ts';
import { recover } from '../../core/relay/recovery/recover.ts';
import { defaultLimits, type Limits } from '../../core/settings.ts';
import type { ChunkBatch, FinishNotice, StreamChunk } from '../../core/stream/chunks.ts';
import { applyCall, loseMessage, type ShownMessage } from './shown-message.ts';

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

export type PlanRecord = Pick<RelayRecord, 'turnId' | 'requester' | 'lastAppendAt' | 'view' | 'display'>;

export function recordWith(view: Partial<RelayView> = {}, display?: DisplayChoice): PlanRecord {
  return {
    turnId,
    requester: { userId: requesterId, teamId: 'T1' },
    view: { spot: firstSpot, messages: 0, ...view },
    ...(display ? { display } : {}),
  };
}

/** What Slack says to a call. */
export type Fate = 'ok' | 'too long' | 'expired' | 'refused' | 'gone' | 'stopped by a person';

const errorOf: Record<Exclude<Fate, 'ok'>, string> = {
  'too long': 'msg_too_long',
  expired: 'message_not_in_streaming_state',
  refused: 'invalid_chunks',
  gone: 'message_not_found',
  'stopped by a person': 'stopped_by_user',
};

/** Fates that the methods may have; another call just goes through. */
const possible: Partial<Record<PlannedCall['method'], readonly Fate[]>> = {
  'chat.startStream': ['refused'],
  'chat.appendStream': ['too long', 'expired', 'refused', 'gone', 'stopped by a person'],
  'chat.stopStream': ['too long', 'expired', 'refused', 'gone', 'stopped by a person'],
  'chat.postMessage': ['refused'],
};

export interface Played {
  calls: PlannedCall[];
  shown: ShownMessage[];
  record: PlanRecord;
  /** Whether a call did not go through. */
  failed: boolean;
}

interface PlayOptions {
  limits?: Partial<Limits>;
  rollAgeMs?: number;
  successor?: boolean;
  kind?: 'compaction';
  display?: DisplayChoice;
  /** What Slack says to each call, in their order; all that follow go through. */
  fates?: readonly Fate[];
}

/** All text of the messages, without the marks that it goes on. */
export const textIn = (shown: readonly Pick<ShownMessage, 'text'>[]): string =>
  shown.map(({ text }) => text.replace(CONTINUED, '')).join('');

/**
 * Plays a log into a model of Slack: `steps` tells after which batches a flush happens, and at what time; calls go
 * out when they may.
 */
export function play(
  batches: readonly ChunkBatch[],
  steps: readonly { upTo: number; now: number }[],
  options: PlayOptions = {},
): Played {
  const limits = { ...defaultLimits, ...options.limits };
  const calls: PlannedCall[] = [];
  const shown: ShownMessage[] = [];
  const fates = [...(options.fates ?? [])];
  let failed = false;
  let messageStart: Spot | undefined;
  let record = recordWith({}, options.display);
  for (const { upTo, now } of steps) {
    const known = batches.slice(0, upTo);
    const stream = { ...streamOf(known, now, options), successor: options.successor ?? false };
    let clock = now;
    for (let round = 0; round < 200; round++) {
      const plan = planFlush(record, stream, limits, clock, options.rollAgeMs ?? limits.rollAgeMinMs);
      const [call] = plan.calls;
      if (!call) {
        record = { ...record, view: plan.view };
        if (plan.unread) continue;
        break;
      }
      clock = Math.max(clock, call.at);
      const fate = fateOf(call, fates.shift());
      if (fate !== 'ok') {
        failed = true;
        loseMessage(shown, fate);
        record = { ...record, view: viewAfter(record.view, call, fate, messageStart) };
        continue;
      }
      applyCall(shown, call);
      calls.push(call);
      if (call.method === 'chat.startStream') messageStart = record.view.spot;
      const { after } = call;
      const message = after.message && { ...after.message, ts: after.message.ts || `ts${shown.length}` };
      record = {
        ...record,
        view: { ...after, ...(message ? { message } : {}) },
        ...(call.method === 'chat.appendStream' ? { lastAppendAt: clock } : {}),
      };
    }
  }
  return { calls, shown, record, failed };
}

/** Content alone can be refused: a stop without any goes through. */
function fateOf({ method, args }: PlannedCall, told: Fate = 'ok'): Fate {
  const isBare = args.chunks === undefined && args.blocks === undefined;
  if (isBare && (told === 'refused' || told === 'too long')) return 'ok';
  return possible[method]?.includes(told) ? told : 'ok';
}

function streamOf(batches: ChunkBatch[], now: number, { kind }: PlayOptions) {
  const finish = batches.flatMap(({ chunks }) => chunks).find((chunk) => chunk.type === 'finish');
  const state = finish?.type === 'finish' ? finish.messageMetadata.end : undefined;
  const turn = state ? { state, end: { state, at: now } } : { state: 'running' as const };
  return { batches, turn: { ...turn, ...(kind ? { kind } : {}) } };
}

function viewAfter(
  view: RelayView,
  call: PlannedCall,
  fate: Exclude<Fate, 'ok'>,
  messageStart: Spot | undefined,
): RelayView {
  const next = nextAfter(call.method, { kind: 'platform', code: errorOf[fate], messages: [] });
  if (next === 'wait' || next === 'ask') return view;
  const recovery = recover(view, next, call, messageStart);
  return 'view' in recovery ? recovery.view : view;
}

/** All at once: the whole log is there when the first flush happens. */
export const playAtOnce = (batches: readonly ChunkBatch[], options: PlayOptions = {}): Played =>
  play(batches, [{ upTo: batches.length, now: T0 }], options);

/** Chunks of a call, by type. */
export const chunksOf = (call: PlannedCall | undefined): Record<string, string>[] =>
  (call?.args.chunks ?? []) as Record<string, string>[];
