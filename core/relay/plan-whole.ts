import { lettersOfMarkdown } from '../slack/visible-text.ts';
import type { FinishNotice } from '../stream/chunks.ts';
import { tailOf } from '../text.ts';
import { Draft, emptySize, TAIL_LENGTH } from './draft.ts';
import { fillDraft } from './fill-draft.ts';
import { closingSentences } from './finish-draft.ts';
import type { FlushStream, PlannedCall } from './plan.ts';
import type { PlanContext } from './plan-stream.ts';
import type { Progress, RelayView, TextMark, Whole } from './record.ts';
import { partMessage, progressMessage } from './whole-blocks.ts';

/** Plain text may have 4,000 characters; escapes need room. */
const PLAIN_BYTES = 3_000;
const CARDS_SHOWN = 8;
const TAIL_KEPT = 2_000;

/** Names the last part of an answer among a thread's messages. */
export const endBlockId = (turnId: string): string => `sluice-end-${turnId}`;

/** Names the progress message among a thread's messages. */
export const progressBlockId = (turnId: string): string => `sluice-progress-${turnId}`;

/**
 * The next call of a turn whose live display was given up: while it works at most an update of its progress
 * message; at its end the answer, in as many messages as it needs.
 *
 * @param stream read from `whole.from` once the turn has ended, from the view's place before
 */
export function planWhole(
  view: RelayView,
  whole: Whole,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  if (view.finished) return closeProgress(view, context);
  return stream.turn.end ? planPart(view, whole, stream, context) : planProgress(view, stream, context);
}

function planPart(
  view: RelayView,
  whole: Whole,
  stream: FlushStream,
  { limits, now, record }: PlanContext,
): PlannedCall | { view: RelayView } {
  const rollBytes = whole.form === 'plain' ? Math.min(PLAIN_BYTES, limits.rollBytes) : limits.rollBytes;
  const draft = new Draft({
    spot: whole.from,
    size: emptySize,
    limits: { ...limits, rollBytes },
    cards: false,
    isNew: true,
  });
  const stop = fillDraft(draft, stream.batches);
  // The log is read in portions: the end is behind this one.
  const ended = stop.kind === 'finish';
  if (stop.kind === 'edge' || stop.kind === 'pause') {
    if (!draft.addedText) return { view: { ...view, whole: { ...whole, from: draft.spot } } };
  }
  const text = draftText(draft, ended ? stop.notice : undefined);
  const last = ended ? { mention: record.requester.userId, endId: endBlockId(record.turnId) } : {};
  const from = { ...draft.carriedSpot() };
  const to = whole.to === 'person' ? { channel: record.requester.userId } : {};
  return {
    method: 'chat.postMessage',
    args: { ...partMessage({ text, form: whole.form, ...last }), ...to },
    after: {
      ...view,
      whole: { ...whole, from, parts: whole.parts + 1 },
      ...(ended ? { finished: true as const } : {}),
    },
    mark: { text: markOf(ended ? `${text}\n\n<@${record.requester.userId}>` : text) },
    at: now,
    urgent: true,
    brings: true,
  };
}

const markOf = (text: string): TextMark => ({
  tail: tailOf(text, TAIL_LENGTH),
  letters: lettersOfMarkdown(text).length,
});

function draftText(draft: Draft, notice: FinishNotice | undefined): string {
  draft.closeText();
  if (notice) for (const sentence of closingSentences(draft.spot, notice)) draft.showParagraph(sentence);
  return draft.chunks.map((chunk) => (chunk.type === 'markdown_text' ? chunk.text : '')).join('');
}

/** The stand-in is shown at once and then at most every few seconds (Slack's guidance for chat.update). */
function planProgress(
  view: RelayView,
  stream: FlushStream,
  { limits, now, record }: PlanContext,
): PlannedCall | { view: RelayView } {
  const { progress } = view;
  if (!progress) return { view };
  const unlimited = { rollBytes: Number.MAX_SAFE_INTEGER, rollCards: Number.MAX_SAFE_INTEGER };
  const size = { ...emptySize, tail: progress.tail };
  const draft = new Draft({ spot: view.spot, size, limits: unlimited, cards: true, isNew: false });
  const stop = fillDraft(draft, stream.batches);
  const spot =
    stop.kind === 'pause' ? { ...draft.spot, cursor: stop.next, paused: stop.pauseId } : draft.spot;
  if (progress.ts !== undefined && draft.chunks.length === 0 && stop.kind !== 'pause')
    return { view: { ...view, spot } };
  const headline = stop.kind === 'pause' ? 'Waiting for a decision' : 'Working on it';
  const shown: Progress = { ...progressAfter(progress, draft), at: now };
  return {
    method: progress.ts === undefined ? 'chat.postMessage' : 'chat.update',
    args: progressMessage(shown, progressBlockId(record.turnId), headline),
    after: { ...view, spot, progress: shown },
    mark: {},
    at: progress.ts === undefined ? now : Math.max(now, progress.at + limits.updateIntervalMs),
    urgent: false,
    brings: false,
  };
}

function progressAfter(progress: Progress, draft: Draft): Progress {
  const cards = new Map(progress.cards.map((card) => [card.id, card]));
  let { tail } = progress;
  for (const chunk of draft.chunks) {
    if (chunk.type === 'task_update')
      cards.set(chunk.id, { id: chunk.id, title: chunk.title, status: chunk.status });
    if (chunk.type === 'markdown_text') tail += chunk.text;
  }
  return { ...progress, cards: [...cards.values()].slice(-CARDS_SHOWN), tail: tailOf(tail, TAIL_KEPT) };
}

/** The answer stands below: the stand-in keeps the steps, and each text stays in the thread once. */
function closeProgress(
  view: RelayView,
  { now, record, limits }: PlanContext,
): PlannedCall | { view: RelayView } {
  const { progress, ...closed } = view;
  if (progress?.ts === undefined) return { view: closed };
  const cards = progress.cards.map((card) => ({
    ...card,
    status: card.status === 'error' ? 'error' : 'complete',
  }));
  return {
    method: 'chat.update',
    args: progressMessage(
      { ...progress, cards, tail: '' },
      progressBlockId(record.turnId),
      'Done, the answer is below',
    ),
    after: closed,
    mark: {},
    at: Math.max(now, Math.min(progress.at + limits.updateIntervalMs, now + 1_000)),
    urgent: true,
    brings: false,
  };
}
