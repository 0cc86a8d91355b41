import { displayOf } from '../../display/display.ts';
import type { FinishNotice } from '../../stream/chunks.ts';
import { tailOf } from '../../text.ts';
import type { Progress, RelayView, Spot } from '../record.ts';
import { Draft } from './draft.ts';
import { type FillStop, fillDraft } from './fill-draft.ts';
import { endCards } from './finish-draft.ts';
import type { FlushStream, PlannedCall } from './plan.ts';
import type { PlanContext } from './plan-stream.ts';
import { emptySize } from './text-draft.ts';
import { progressMessage } from './whole-blocks.ts';

const CARDS_SHOWN = 8;
const TAIL_KEPT = 2_000;
const headlines: Record<FinishNotice['end'], string> = {
  completed: 'Done, the answer is below',
  failed: 'Failed, more below',
  stopped: 'Stopped, more below',
};

/** Names the progress message among a thread's messages. */
export const progressBlockId = (turnId: string): string => `sluice-progress-${turnId}`;

/** What is shown of a turn without a stream: its open cards at first. */
export const newStandIn = ({ open }: Spot): Progress => ({ at: 0, cards: open, tail: '' });

/** The stand-in is shown at once and then at most every few seconds (Slack's guidance for chat.update). */
export function planProgress(
  view: RelayView,
  stream: FlushStream,
  context: PlanContext,
): PlannedCall | { view: RelayView } {
  const { limits, now, record } = context;
  const { progress } = view;
  if (!progress) return { view };
  const { spot, stop, progress: after, changed } = takeProgress(view, progress, stream, context);
  if (progress.ts !== undefined && !changed && stop !== 'pause') return { view: { ...view, spot } };
  const headline = stop === 'pause' ? 'Waiting for a decision' : 'Working on it';
  const shown: Progress = { ...after, at: now };
  return {
    method: progress.ts === undefined ? 'chat.postMessage' : 'chat.update',
    args: progressMessage(shown, progressBlockId(record.turnId), headline),
    after: { ...view, spot, progress: shown },
    mark: {},
    at: progress.ts === undefined ? now : Math.max(now, progress.at + limits.updateIntervalMs),
    priority: progress.ts === undefined ? 'begin' : 'text',
    brings: false,
  };
}

/** What the log has brought since the view's place, as the stand-in shows it, and the place behind it. */
export function takeProgress(
  view: RelayView,
  progress: Progress,
  stream: FlushStream,
  { record, timeline }: PlanContext,
): { progress: Progress; spot: Spot; stop: FillStop['kind']; changed: boolean } {
  const unlimited = { rollBytes: Number.MAX_SAFE_INTEGER, rollCards: Number.MAX_SAFE_INTEGER };
  const draft = new Draft({
    spot: view.spot,
    size: { ...emptySize, tail: progress.tail },
    limits: unlimited,
    policy: displayOf(record.display),
    cards: true,
    timeline,
    isNew: false,
  });
  const stop = fillDraft(draft, stream.batches);
  if (stop.kind === 'finish') endCards(draft, stop.notice.end);
  const paused = stop.kind === 'pause' ? { cursor: stop.next, paused: stop.pauseId } : {};
  return {
    progress: progressAfter(progress, draft),
    spot: { ...draft.spot, ...paused },
    stop: stop.kind,
    changed: draft.chunks.length > 0,
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

/**
 * Arguments of chat.update for a stand-in that is over: it keeps the steps and gives up its text. What was still at
 * work comes to its end below.
 */
export function closedProgress(
  progress: Progress,
  turnId: string,
  headline: string,
): Record<string, unknown> {
  const cards = progress.cards.map((card) => ({
    ...card,
    status: card.status === 'error' || card.status === 'complete' ? card.status : 'below',
  }));
  return progressMessage({ ...progress, cards, tail: '' }, progressBlockId(turnId), headline);
}

/** The answer stands below: the stand-in keeps the steps, and each text stays in the thread once. */
export function closeProgress(
  view: RelayView,
  { turn }: Pick<FlushStream, 'turn'>,
  { now, record, limits }: PlanContext,
): PlannedCall | { view: RelayView } {
  const { progress, ...closed } = view;
  if (progress?.ts === undefined) return { view: closed };
  return {
    method: 'chat.update',
    args: closedProgress(progress, record.turnId, headlines[turn.end?.state ?? 'completed']),
    after: closed,
    mark: {},
    at: Math.max(now, Math.min(progress.at + limits.updateIntervalMs, now + 1_000)),
    priority: 'end',
    brings: false,
  };
}
