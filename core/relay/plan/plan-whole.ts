import { displayOf } from '../../display/display.ts';
import { lettersOfMarkdown } from '../../slack/visible-text.ts';
import { tailOf } from '../../text.ts';
import type { RelayView, Spot, TextMark, Whole } from '../record.ts';
import { answerEnd } from './answer-end.ts';
import { chartBlocks, chartsWithin, noteCharts } from './charts.ts';
import { Draft } from './draft.ts';
import { fillDraft } from './fill-draft.ts';
import type { FlushStream, PlannedCall } from './plan.ts';
import { closeProgress, planProgress, takeProgress } from './plan-progress.ts';
import type { PlanContext } from './plan-stream.ts';
import { emptySize, TAIL_LENGTH, TAIL_LETTERS } from './text-draft.ts';
import { partMessage } from './whole-blocks.ts';

/** Plain text may have 4,000 characters; escapes need room. */
const PLAIN_BYTES = 3_000;

/** Names the last part of an answer among a thread's messages. */
export const endBlockId = (turnId: string): string => `sluice-end-${turnId}`;

/**
 * The next call of a turn whose live display was given up: while it works at most an update of its progress
 * message; at its end the answer, in as many messages as it needs. Or of one that shows nothing else (surface
 * `final`), once it is known where its answer begins.
 *
 * @param stream read from `whole.from` once the turn has ended, from the view's place before
 */
export function planWhole(
  view: RelayView,
  whole: Whole,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  if (view.finished) return closeProgress(view, stream, context);
  if (whole.answer === 'open') return { view };
  if (!stream.turn.end) return planProgress(view, stream, context);
  const { progress } = view;
  // What came last is told by the stand-in too, which keeps the steps.
  const after = progress && takeProgress(view, progress, stream, context);
  return planPart(
    after ? { ...view, spot: after.spot, progress: after.progress } : view,
    whole,
    stream,
    context,
  );
}

function planPart(
  view: RelayView,
  whole: Whole,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  const { limits, now, record } = context;
  const rollBytes = whole.form === 'plain' ? Math.min(PLAIN_BYTES, limits.rollBytes) : limits.rollBytes;
  const draft = new Draft({
    spot: whole.from,
    size: emptySize,
    limits: { ...limits, rollBytes },
    policy: displayOf(record.display),
    cards: false,
    isNew: true,
    requesterId: record.requester.userId,
  });
  const stop = fillDraft(draft, stream.batches);
  // The log is read in portions: the end is behind this one.
  const ended = stop.kind === 'finish';
  if (stop.kind === 'edge' || stop.kind === 'pause') {
    if (!draft.addedText) return { view: { ...view, whole: { ...whole, from: draft.spot } } };
  }
  const end = ended ? answerEnd(shownSpot(view, whole, draft), stop.notice, stream.turn, record) : undefined;
  const text = draftText(draft, end?.sentences ?? []);
  const mention = end?.mention;
  const drawn = end && !view.chartless && whole.form === 'blocks';
  const charts = drawn ? chartsWithin(stream.charts ?? [], draft.roomBytes) : [];
  const nothing = text.trim() === '' && charts.length === 0;
  // Where nothing but the answer is shown and there is none, nothing is.
  const isQuiet = whole.answer !== undefined && whole.parts === 0 && stream.turn.end?.state === 'completed';
  if (end && nothing && (isQuiet || (mention === undefined && end.blocks.length === 0)))
    return closeProgress({ ...view, finished: true }, stream, context);
  const endBlocks = { charts: chartBlocks(charts), endBlocks: end?.blocks ?? [] };
  const last = end ? { mention, ...endBlocks, endId: endBlockId(record.turnId) } : {};
  const from = { ...draft.carriedSpot() };
  const to = whole.to === 'person' ? { channel: record.requester.userId } : {};
  return {
    method: 'chat.postMessage',
    args: { ...partMessage({ text, form: whole.form, ...last }), ...to },
    after: {
      ...view,
      whole: { ...whole, from, parts: whole.parts + 1 },
      ...noteCharts(charts),
      ...(ended ? { finished: true as const } : {}),
    },
    mark: { text: markOf(mention === undefined ? text : `${text}\n\n<@${mention}>`) },
    at: now,
    priority: 'end',
    brings: true,
  };
}

function markOf(text: string): TextMark {
  const letters = lettersOfMarkdown(text);
  return { tail: tailOf(text, TAIL_LENGTH), letters: letters.length, end: tailOf(letters, TAIL_LETTERS) };
}

/** The place behind the log; of text that was looked through and not shown it tells nothing. */
function shownSpot({ messages }: RelayView, { from, parts }: Whole, draft: Draft): Spot {
  const { told: _looked, ...spot } = draft.spot;
  const told = draft.addedText || parts > 0 || (messages > 0 && from.told === true);
  return { ...spot, ...(told ? { told } : {}) };
}

function draftText(draft: Draft, sentences: readonly string[]): string {
  draft.closeText();
  for (const sentence of sentences) draft.showParagraph(sentence);
  return draft.chunks.map((chunk) => (chunk.type === 'markdown_text' ? chunk.text : '')).join('');
}
