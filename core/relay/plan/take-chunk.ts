import type { RetryNotice } from '../../stream/chunks.ts';
import type { Cursor, OpenCard } from '../record.ts';
import { denialText, failureText, previewOf, retryTitle, titleOf, unreadTitle } from './card-text.ts';
import type { Draft } from './draft.ts';
import type { FlowChunk } from './flow.ts';
import { fileStepId, followUpStepId } from './own-steps.ts';
import { PLACEHOLDER } from './placeholder.ts';
import { beginContent, beginStep, endStep, placeholderOf, resume, type Step } from './take-card.ts';

/** The card stands above the text, so that the place in it is marked as well (case T-62). */
const BROKE_OFF = '_It broke off here; the answer begins again._';
const FOLLOW_UP = 'Read a follow-up';
const UNNAMED = 'Tool call';

/** The card that stands for a turn of which nothing is known yet; in a timeline the first step takes its place. */
export function thinkingCard(turnId: string): OpenCard {
  return { id: `${PLACEHOLDER}thinking-${turnId.slice(1, 9)}`, title: 'Thinking', status: 'in_progress' };
}

/**
 * Takes one chunk of the log that is no text into a draft.
 *
 * @returns false when the message has no room for it
 */
export function takeChunk(draft: Draft, { chunk, at }: FlowChunk): boolean {
  switch (chunk.type) {
    case 'text-start':
      draft.spot = { ...draft.spot, gap: true };
      return true;
    case 'tool-input-available':
      return beginStep(draft, {
        ...callOf(chunk.toolCallId),
        title: titleOf(chunk.title, chunk.toolName),
        preview: previewOf(chunk.input),
      });
    case 'tool-output-available':
      return endStep(draft, callOf(chunk.toolCallId), 'complete', previewOf(chunk.output));
    case 'tool-output-error':
      return endStep(draft, callOf(chunk.toolCallId), 'error', failureText(chunk.errorText));
    case 'data-denial':
      // What follows it, `tool-output-denied`, finds the step ended.
      return endStep(draft, callOf(chunk.data.toolCallId), 'error', denialText(chunk.data.reason));
    case 'tool-output-denied':
      return endStep(draft, callOf(chunk.toolCallId), 'error', 'Denied: it was not done.');
    case 'data-follow-up': {
      const step = { id: followUpStepId(chunk.data.messageTs), title: FOLLOW_UP, preview: '' };
      return endStep(draft, step, 'complete', previewOf(chunk.data.text));
    }
    case 'data-file': {
      const step = { id: fileStepId(chunk.data.fileId), title: unreadTitle(chunk.data.name), preview: '' };
      return endStep(draft, step, 'error', failureText(chunk.data.reason));
    }
    case 'data-retry':
      return takeRetry(draft, chunk.data, at);
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

/** What a result alone tells of its call. */
const callOf = (id: string): Step => ({ id, title: UNNAMED, preview: '' });

/** A wait for the model's next try stands where a step will: the next thing that happens clears it. */
function takeRetry(draft: Draft, { delayMs, error, partial }: RetryNotice, at: Cursor): boolean {
  const title = retryTitle(delayMs, error);
  const place = placeholderOf(draft);
  if (!draft.hasRoomFor({ title }, !place)) return false;
  if (partial) draft.showParagraph(BROKE_OFF);
  if (place) {
    draft.changeCard(place, { title });
    return true;
  }
  beginContent(draft);
  const id = `${PLACEHOLDER}retry-${at.fence}-${at.seq}-${at.index}`;
  draft.beginCard({ id, title, status: 'in_progress' });
  return true;
}
