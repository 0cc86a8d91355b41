import { displayOf } from '../../display/display.ts';
import { isBegun } from '../../markdown/text-state.ts';
import type { Limits } from '../../settings.ts';
import { SHORT_WAIT_MS } from '../budget/await-slot.ts';
import type { RelayRecord, RelayView, StreamMessage } from '../record.ts';
import { answerEnd } from './answer-end.ts';
import { noteCharts } from './charts.ts';
import { Draft } from './draft.ts';
import { type FillStop, fillDraft } from './fill-draft.ts';
import { finishDraft } from './finish-draft.ts';
import type { FlushStream, PlannedCall } from './plan.ts';
import { isRollDue } from './roll-size.ts';
import { thinkingCard } from './take-chunk.ts';
import { emptySize } from './text-draft.ts';

type PauseStop = FillStop & { kind: 'pause' };

export interface PlanContext {
  record: Pick<RelayRecord, 'turnId' | 'requester' | 'lastAppendAt' | 'display'>;
  limits: Limits;
  /** Epoch milliseconds. */
  now: number;
  /** The age at which a message that is opened now will be rolled, milliseconds. */
  rollAgeMs: number;
  /** Whether text and cards stand in the order of their arrival. */
  timeline: boolean;
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
  open: StreamMessage,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  const { limits, now, record } = context;
  const draft = draftFor(view, context, open);
  if (open.full) return planRoll(view, draft, stream, context, open.full === 2);
  const stop = fillDraft(draft, stream.batches);
  // No stream may be stopped yet: what there is to be read need not wait for that.
  const waits = open.stopsAt !== undefined && open.stopsAt > now + SHORT_WAIT_MS;
  const message = stop.kind === 'finish' || stop.kind === 'pause' ? open : withoutStop(open);
  if (stop.kind === 'finish' && !waits) return planEnd(view, draft, stop, stream, context);
  if (stop.kind === 'pause' && !waits) return planSuspension(view, draft, stop, context);
  if (stop.kind === 'full') return planRoll(view, draft, stream, context, false);
  if (!waits && isRollDue(message, draft.size.bytes, limits, now))
    return planRoll(view, upToLine(view, draft, message, stream, context), stream, context, false);
  if (draft.chunks.length === 0) return { view: { ...view, spot: draft.spot, message } };
  return {
    method: 'chat.appendStream',
    args: { chunks: draft.chunks },
    after: { ...settled(view), spot: draft.spot, message: { ...message, ...draft.size } },
    mark: markOf(draft),
    at: Math.max(now, (record.lastAppendAt ?? 0) + limits.appendIntervalMs),
    priority: 'text',
    brings: true,
  };
}

/** The pause that it was to be stopped for is over. */
function withoutStop({ stopsAt: _over, ...message }: StreamMessage): StreamMessage {
  return message;
}

/**
 * A message that is left before it is full may end with a line, whatever the agent has begun to write behind it: half
 * of a line of code would stand in each of two messages.
 *
 * @param whole all that is there
 * @returns `whole` where no line ends in what is new
 */
function upToLine(
  view: RelayView,
  whole: Draft,
  message: StreamMessage,
  stream: FlushStream,
  context: PlanContext,
): Draft {
  if (!isBegun(whole.spot.text)) return whole;
  const limits = { ...context.limits, rollBytes: whole.size.bytes - 1 };
  const less = draftFor(view, { ...context, limits }, message);
  fillDraft(less, stream.batches);
  return less.addedText && !isBegun(less.spot.text) ? less : whole;
}

function draftFor(view: RelayView, context: PlanContext, message?: StreamMessage): Draft {
  const { record, limits, timeline } = context;
  return new Draft({
    spot: view.spot,
    size: message ?? emptySize,
    limits,
    policy: displayOf(record.display),
    cards: !view.cardless,
    timeline,
    isNew: message === undefined,
    requesterId: record.requester.userId,
  });
}

/** A new message: with what is to be shown, or with a first sign of life where nothing is known yet. */
function planNewMessage(
  view: RelayView,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  const { record, now, rollAgeMs, timeline } = context;
  const draft = draftFor(view, context);
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
      task_display_mode: timeline ? 'timeline' : 'plan',
      recipient_user_id: record.requester.userId,
      recipient_team_id: record.requester.teamId,
      ...(draft.chunks.length > 0 ? { chunks: draft.chunks } : {}),
    },
    after: { ...view, spot: draft.spot, messages: message.n, message },
    mark: markOf(draft),
    at: now,
    priority: startPriority(view, stream),
    brings: true,
  };
}

/** Whoever sees nothing yet goes before those whose stream goes on in another message. */
function startPriority(view: RelayView, stream: FlushStream): PlannedCall['priority'] {
  if (stream.turn.end) return 'end';
  return view.messages === 0 || view.spot.paused !== undefined ? 'begin' : 'text';
}

/** Goes on in a new message: the session stays `processing`. */
function planRoll(
  view: RelayView,
  draft: Draft,
  stream: FlushStream,
  context: PlanContext,
  empty: boolean,
): PlannedCall {
  const brings = draft.chunks.length > 0;
  if (!empty) {
    draft.closeText();
    draft.leaveCards();
  }
  // The rest of a turn that has ended is its last flush.
  const priority = stream.turn.end ? 'end' : 'text';
  return { ...stopCall(view, draft, context, 'processing', draft.carriedSpot()), brings, priority };
}

/** While people are asked, nothing is in progress: what is done ends, cards wait, the session is suspended. */
function planSuspension(view: RelayView, draft: Draft, pause: PauseStop, context: PlanContext): PlannedCall {
  const brings = draft.chunks.length > 0;
  draft.closeText();
  for (const card of draft.spot.open)
    if (card.burst?.running === '') draft.endCard(card, 'complete');
    else draft.changeCard(card, { status: 'pending' });
  return { ...stopCall(view, draft, context, 'suspended', pausedSpot(draft, pause)), brings };
}

/** The last call of a turn: what is left of the log (case P-1), the end of its cards, the mention, the footer. */
function planEnd(
  view: RelayView,
  draft: Draft,
  { notice }: FillStop & { kind: 'finish' },
  stream: FlushStream,
  context: PlanContext,
): PlannedCall {
  const end = answerEnd(draft.spot, notice, stream.turn, context.record);
  const charts = finishDraft(draft, notice, end, view.chartless ? [] : (stream.charts ?? []));
  const stop = stopCall(view, draft, context, stream.successor ? 'processing' : 'active');
  const blocks = view.bare || end.blocks.length === 0 ? {} : { blocks: end.blocks };
  const after = { ...stop.after, ...noteCharts(charts), finished: true as const };
  return { ...stop, args: { ...stop.args, ...blocks }, after };
}

/** @param spot the place in the log when it was applied */
function stopCall(
  view: RelayView,
  draft: Draft,
  { now }: PlanContext,
  status: string,
  spot = draft.spot,
): PlannedCall {
  const { message: _closed, ...rest } = settled(view);
  return {
    method: 'chat.stopStream',
    args: { session_status: status, ...(draft.chunks.length > 0 ? { chunks: draft.chunks } : {}) },
    after: { ...rest, spot },
    mark: markOf(draft),
    at: now,
    priority: 'end',
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
  const { tail, letters, end } = draft.size;
  return {
    ...(draft.addedText ? { text: { tail, letters, end } } : {}),
    ...(draft.lastCard ? { card: draft.lastCard } : {}),
  };
}
