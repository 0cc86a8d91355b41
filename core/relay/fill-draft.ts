import { byteLength, settledLength } from '../slack/text.ts';
import type { ChunkBatch, FinishNotice, StreamChunk } from '../stream/chunks.ts';
import {
  denialText,
  failureText,
  hasEndedCard,
  previewOf,
  retryTitle,
  titleOf,
  unreadTitle,
} from './card-text.ts';
import type { Draft } from './draft.ts';
import { type FlowChunk, flowFrom, textRunAt } from './flow.ts';
import type { Cursor, OpenCard, TextState } from './record.ts';
import { fittingLength } from './split-text.ts';
import { advanceText, wholeLength } from './text-state.ts';

/**
 * Why no more of the log went into a message: all that is there was taken (`edge`), the message is full, or the
 * log comes to the turn's end or to a pause, which are left to be taken.
 */
export type FillStop =
  | { kind: 'edge' }
  | { kind: 'full' }
  | { kind: 'finish'; notice: FinishNotice }
  | { kind: 'pause'; pauseId: string; next: Cursor };

const PLACEHOLDER = 'sluice-';
const RETRY = `${PLACEHOLDER}retry-`;
/** The card stands above the text, so that the place in it is marked as well (case T-62). */
const BROKE_OFF = '_It broke off here; the answer begins again._';
const FOLLOW_UP = 'Read a follow-up';

/** The card that stands for a turn of which nothing is known yet. */
export function thinkingCard(turnId: string): OpenCard {
  return { id: `${PLACEHOLDER}thinking-${turnId.slice(1, 9)}`, title: 'Thinking', status: 'in_progress' };
}

/** Takes as much of the log into a draft as its message has room for, in the order of arrival. */
export function fillDraft(draft: Draft, batches: readonly ChunkBatch[]): FillStop {
  const flow = flowFrom(batches, draft.spot.cursor);
  let at = 0;
  while (at < flow.length) {
    const item = flow[at];
    if (!item) break;
    if (item.chunk.type === 'text-delta') {
      const taken = takeText(draft, flow, at);
      if (taken.stop) return { kind: taken.stop };
      at += taken.chunks;
      continue;
    }
    if (item.chunk.type === 'finish') return { kind: 'finish', notice: item.chunk.messageMetadata };
    if (item.chunk.type === 'data-pause' && !goesOn(flow, at + 1))
      return { kind: 'pause', pauseId: item.chunk.data.pauseId, next: item.next };
    if (!takeChunk(draft, item)) return { kind: 'full' };
    draft.moveTo(item.next);
    at++;
  }
  return { kind: 'edge' };
}

/** Whether anything to be shown stands behind a pause: then the turn went on and nobody has to see it pause. */
function goesOn(flow: readonly FlowChunk[], from: number): boolean {
  return flow
    .slice(from)
    .some(
      ({ chunk }) => chunk.type.startsWith('tool-') || /^(data-resume|text-delta|finish)$/.test(chunk.type),
    );
}

function takeText(
  draft: Draft,
  flow: readonly FlowChunk[],
  start: number,
): { chunks: number; stop?: 'edge' | 'full' } {
  const run = textRunAt(flow, start);
  const atEdge = start + run.length === flow.length;
  const state = draft.spot.gap ? { line: '' } : draft.spot.text;
  const whole = atEdge ? wholeLength(state, run.text) : run.text.length;
  const ready = atEdge ? settledLength(run.text.slice(0, whole)) : whole;
  if (ready === 0) {
    if (run.text === '') draft.moveTo(run.cursorAt(0));
    return run.text === '' ? { chunks: run.length } : { chunks: 0, stop: 'edge' };
  }
  const { mustTake } = draft;
  beginContent(draft);
  const fitting = fittingLength(run.text.slice(0, ready), draft.roomBytes - byteLength(draft.textPrefix()), {
    atLineStart: state.line === '',
    mustTake,
  });
  const taken = withFenceEnd(state, run.text.slice(0, ready), fitting);
  if (taken > 0) {
    draft.addText(run.text.slice(0, taken));
    draft.moveTo(run.cursorAt(taken));
  }
  if (taken < ready) return { chunks: 0, stop: 'full' };
  return ready < run.text.length ? { chunks: 0, stop: 'edge' } : { chunks: run.length };
}

/** A cut right before the line that ends a code block moves behind it: the rest would begin with an empty block. */
function withFenceEnd(state: TextState, text: string, cut: number): number {
  if (cut === 0 || cut === text.length || advanceText(state, text.slice(0, cut)).fence === undefined)
    return cut;
  if (text[cut - 1] !== '\n') return cut;
  return cut + (/^ {0,3}(`{3,}|~{3,})[ \t]*(\n|$)/.exec(text.slice(cut))?.[0].length ?? 0);
}

/** @returns false when the message has no room for it */
function takeChunk(draft: Draft, { chunk, at }: FlowChunk): boolean {
  switch (chunk.type) {
    case 'text-start':
      draft.spot = { ...draft.spot, gap: true };
      return true;
    case 'tool-input-available':
      return takeInput(draft, chunk);
    case 'tool-output-available':
      return takeEnd(draft, chunk.toolCallId, 'complete', previewOf(chunk.output));
    case 'tool-output-error':
      return takeEnd(draft, chunk.toolCallId, 'error', failureText(chunk.errorText));
    case 'data-denial':
      // What follows it, `tool-output-denied`, finds the card ended.
      return takeEnd(draft, chunk.data.toolCallId, 'error', denialText(chunk.data.reason));
    case 'tool-output-denied':
      return takeEnd(draft, chunk.toolCallId, 'error', 'Denied: it was not done.');
    case 'data-follow-up':
      return takeEnd(
        draft,
        `follow-up-${chunk.data.messageTs}`,
        'complete',
        previewOf(chunk.data.text),
        FOLLOW_UP,
      );
    case 'data-file':
      return takeEnd(
        draft,
        `file-${chunk.data.fileId}`,
        'error',
        failureText(chunk.data.reason),
        unreadTitle(chunk.data.name),
      );
    case 'data-retry': {
      if (chunk.data.partial) draft.showParagraph(BROKE_OFF);
      const title = retryTitle(chunk.data.delayMs, chunk.data.error);
      const open = draft.spot.open.find(({ id }) => id.startsWith(RETRY));
      if (open) draft.changeCard(open, { title });
      else
        return takeNew(draft, {
          id: `${RETRY}${at.fence}-${at.seq}-${at.index}`,
          title,
          status: 'in_progress',
        });
      return true;
    }
    case 'data-resume':
      resume(draft);
      return true;
    case 'error':
      draft.spot = { ...draft.spot, error: chunk.errorText };
      return true;
    default:
      return true;
  }
}

function takeInput(draft: Draft, chunk: StreamChunk & { type: 'tool-input-available' }): boolean {
  const { toolCallId: id, toolName, input } = chunk;
  // A run that took over shows its open calls once more.
  if (draft.openCard(id) || hasEndedCard(draft.spot.ended, id)) return true;
  const details = previewOf(input);
  const title = titleOf(chunk.title, toolName);
  return takeNew(draft, { id, title, status: 'in_progress', ...(details ? { details } : {}) });
}

function takeNew(draft: Draft, card: OpenCard): boolean {
  if (!draft.hasRoomFor(card, true)) return false;
  beginContent(draft);
  draft.beginCard(card);
  return true;
}

function takeEnd(
  draft: Draft,
  id: string,
  status: 'complete' | 'error',
  output: string,
  title = 'Tool call',
): boolean {
  let card = draft.openCard(id);
  // A second result for a card, or a late one (case P-23).
  if (!card && hasEndedCard(draft.spot.ended, id)) return true;
  const isNew = card === undefined;
  card ??= { id, title, status: 'in_progress' };
  if (!draft.hasRoomFor({ ...card, output, ...(isNew ? {} : { details: '' }) }, isNew)) return false;
  beginContent(draft);
  // Completed without a start: the card is made up for (case G-32).
  if (isNew) draft.beginCard(card);
  draft.endCard(draft.openCard(id) ?? card, status, output);
  return true;
}

/** Content ends what stood for it: the Thinking card, a card that counts down to a retry, a pause. */
function beginContent(draft: Draft): void {
  resume(draft);
  for (const card of draft.spot.open) if (card.id.startsWith(PLACEHOLDER)) draft.endCard(card, 'complete');
}

/** What waited for people goes on; in a new message its cards are shown again. */
function resume(draft: Draft): void {
  if (draft.spot.paused === undefined) return;
  const { paused: _over, ...spot } = draft.spot;
  draft.spot = spot;
  draft.carryCards('in_progress');
}
