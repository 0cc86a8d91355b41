import type { AttachmentRecord } from '../attachments/attachment.ts';
import { shownValue } from '../stream/chunk-item.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import type { CallOutcome } from './record.ts';

/** How a call's outcome stands in the log: what a card can show of it. */
export function outcomeChunks(toolCallId: string, outcome: CallOutcome): StreamChunk[] {
  if (outcome.kind === 'output')
    return [
      { type: 'tool-output-available', toolCallId, output: shownValue(outcome.value) },
      ...(outcome.attachments ?? []).map(attachmentChunk),
    ];
  if (outcome.kind === 'error') return [{ type: 'tool-output-error', toolCallId, errorText: outcome.text }];
  const { quote } = outcome;
  return [
    // The protocol's own chunk has no place for a reason.
    ...(quote ? [{ type: 'data-denial', data: { toolCallId, reason: quote } } as const] : []),
    { type: 'tool-output-denied', toolCallId },
  ];
}

/** Where its content lies is no reader's business. */
function attachmentChunk({ id, kind, name, bytes, mediaType }: AttachmentRecord): StreamChunk {
  return { type: 'data-attachment', data: { id, kind, name, bytes, ...(mediaType ? { mediaType } : {}) } };
}
