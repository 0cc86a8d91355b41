import type { Limits } from '../settings.ts';
import { Draft, emptySize } from './draft.ts';
import { type FillStop, fillDraft, thinkingCard } from './fill-draft.ts';
import { finishDraft } from './finish-draft.ts';
import type { FlushStream, PlannedCall } from './plan.ts';
import type { RelayRecord, RelayView, StreamMessage } from './record.ts';

type PauseStop = FillStop & { kind: 'pause' };

export interface PlanContext {
  record: Pick<RelayRecord, 'turnId' | 'requester' | 'lastAppendAt' | 'display'>;
  limits: Limits;
  /** Epoch milliseconds. */
  now: number;
  /** The age at which a message that is opened now will be rolled, milliseconds. */
  rollAgeMs: number;
}

/** The next call while the turn is shown as a stream, or the view if there is none to make. */
export function planStream(
  view: RelayView,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  return view.message
    ? planOpenMessage(view, view.message, stream, context)
    : planNewMessage(view, stream, context);
}

function planOpenMessage(
  view: RelayView,
  message: StreamMessage,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  const { limits, now, record } = context;
  const draft = new Draft({ spot: view.spot, size: message, limits, cards: !view.cardless, isNew: false });
  if (message.full) return planRoll(view, draft, context, message.full === 2);
  const stop = fillDraft(draft, stream.batches);
  if (stop.kind === 'finish') return planEnd(view, draft, stop, stream, context);
  if (stop.kind === 'pause') return planSuspension(view, draft, stop, context);
  if (stop.kind === 'full' || now >= message.rollAt) return planRoll(view, draft, context, false);
  if (draft.chunks.length === 0) return { view: { ...view, spot: draft.spot } };
  return {
    method: 'chat.appendStream',
    args: { chunks: draft.chunks },
    after: { ...settled(view), spot: draft.spot, message: { ...message, ...draft.size } },
    mark: markOf(draft),
    at: Math.max(now, (record.lastAppendAt ?? 0) + limits.appendIntervalMs),
    urgent: false,
    brings: true,
  };
}

/** A new message: with what is to be shown, or with a first sign of life where nothing is known yet. */
function planNewMessage(
  view: RelayView,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  const { record, limits, now, rollAgeMs } = context;
  const draft = new Draft({ spot: view.spot, size: emptySize, limits, cards: !view.cardless, isNew: true });
  if (view.spot.paused === undefined) draft.carryCards();
  const stop = fillDraft(draft, stream.batches);
  const nothing = draft.chunks.length === 0 && stop.kind !== 'finish';
  if (nothing && stop.kind === 'pause') return { view: { ...view, spot: pausedSpot(draft, stop) } };
  if (nothing && (view.messages > 0 || stream.turn.end)) return { view: { ...view, spot: draft.spot } };
  if (nothing) draft.beginCard(thinkingCard(record.turnId));
  const message: StreamMessage = {
    n: view.messages + 1,
    ts: '',
    openedAt: now,
    rollAt: now + rollAgeMs,
    ...draft.size,
  };
  return {
    method: 'chat.startStream',
    args: {
      task_display_mode: 'plan',
      recipient_user_id: record.requester.userId,
      recipient_team_id: record.requester.teamId,
      ...(draft.chunks.length > 0 ? { chunks: draft.chunks } : {}),
    },
    after: { ...view, spot: draft.spot, messages: message.n, message },
    mark: markOf(draft),
    at: now,
    urgent: stream.turn.end !== undefined,
    brings: true,
  };
}

/** Goes on in a new message: the session stays `processing`. */
function planRoll(view: RelayView, draft: Draft, context: PlanContext, empty: boolean): PlannedCall {
  const brings = draft.chunks.length > 0;
  if (!empty) {
    draft.closeText();
    draft.leaveCards();
  }
  const stop = stopCall(view, draft, context, 'processing');
  return { ...stop, after: { ...stop.after, spot: draft.carriedSpot() }, brings, urgent: false };
}

/** While people are asked, nothing is in progress: cards wait, the session is suspended. */
function planSuspension(view: RelayView, draft: Draft, pause: PauseStop, context: PlanContext): PlannedCall {
  const brings = draft.chunks.length > 0;
  draft.closeText();
  for (const card of draft.spot.open) draft.changeCard(card, { status: 'pending' });
  const stop = stopCall(view, draft, context, 'suspended');
  return { ...stop, after: { ...stop.after, spot: pausedSpot(draft, pause) }, brings };
}

/** The last call of a turn: what is left of the log (case P-1), the end of its cards, the mention. */
function planEnd(
  view: RelayView,
  draft: Draft,
  { notice }: FillStop & { kind: 'finish' },
  stream: FlushStream,
  context: PlanContext,
): PlannedCall {
  // A compaction answers nobody: whoever asked last in the thread need not hear of it.
  finishDraft(draft, notice, stream.turn.kind ? undefined : context.record.requester.userId);
  const stop = stopCall(view, draft, context, stream.successor ? 'processing' : 'active');
  return { ...stop, after: { ...stop.after, finished: true } };
}

function stopCall(view: RelayView, draft: Draft, { now }: PlanContext, status: string): PlannedCall {
  const { message: _closed, ...rest } = settled(view);
  return {
    method: 'chat.stopStream',
    args: { session_status: status, ...(draft.chunks.length > 0 ? { chunks: draft.chunks } : {}) },
    after: { ...rest, spot: draft.spot },
    mark: markOf(draft),
    at: now,
    urgent: true,
    brings: true,
  };
}

function pausedSpot(draft: Draft, { pauseId, next }: PauseStop): RelayView['spot'] {
  const open = draft.spot.open.map((card) => ({ ...card, status: 'pending' as const }));
  return { ...draft.carriedSpot(), cursor: next, open, paused: pauseId };
}

/** A call that went through ends a row of lost streams. */
function settled({ lost: _over, ...view }: RelayView): RelayView {
  return view;
}

function markOf(draft: Draft): PlannedCall['mark'] {
  const { tail, letters } = draft.size;
  return {
    ...(draft.addedText ? { text: { tail, letters } } : {}),
    ...(draft.lastCard ? { card: draft.lastCard } : {}),
  };
}
