import type { AttachmentRecord } from '../attachments/attachment.ts';
import type { TurnUsage } from '../turns/record.ts';

/**
 * The turn's stream, in the vocabulary of AI SDK's UI message stream (protocol v1): the relay shows it in Slack,
 * the HTTP API sends it as it is. Parts of our own are `data-*` parts, as the protocol wants it.
 */
export type StreamChunk =
  | { type: 'start'; messageId: string }
  | { type: 'start-step' }
  | { type: 'text-start'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | { type: 'text-end'; id: string }
  | { type: 'reasoning-start'; id: string }
  | { type: 'reasoning-delta'; id: string; delta: string }
  | { type: 'reasoning-end'; id: string }
  | {
      type: 'tool-input-available';
      toolCallId: string;
      toolName: string;
      input: unknown;
      title?: string;
      /** The provider ran it itself, as part of its answer. */
      providerExecuted?: true;
    }
  | { type: 'tool-output-available'; toolCallId: string; output: unknown; providerExecuted?: true }
  | { type: 'tool-output-error'; toolCallId: string; errorText: string }
  | { type: 'tool-output-denied'; toolCallId: string }
  /** A page that the answer relies on. */
  | { type: 'source-url'; sourceId: string; url: string; title?: string }
  | { type: 'finish-step' }
  | { type: 'error'; errorText: string }
  | { type: 'abort'; reason?: string }
  | { type: 'data-retry'; data: RetryNotice }
  /** Why a person denied a call; comes right before its `tool-output-denied`. */
  | { type: 'data-denial'; data: { toolCallId: string; reason: string } }
  /** A message that came while the turn ran and was given to the model. */
  | { type: 'data-follow-up'; data: { messageTs: string; userId: string; text: string } }
  /** A file of a message that the model cannot be given, and why, for people. */
  | { type: 'data-file'; data: { fileId: string; name: string; reason: string } }
  /** A tool added a file or a chart to the answer. */
  | { type: 'data-attachment'; data: Pick<AttachmentRecord, 'id' | 'kind' | 'name' | 'bytes' | 'mediaType'> }
  /** The session has a title. */
  | { type: 'data-title'; data: { title: string } }
  | { type: 'data-pause'; data: { pauseId: string } }
  | { type: 'data-resume'; data: { pauseId: string } }
  | { type: 'finish'; messageMetadata: FinishNotice };

/** A model call that will be tried again: shown, stored and replayable. Times are epoch milliseconds. */
export interface RetryNotice {
  attempt: number;
  error: string;
  delayMs: number;
  retryingAt: number;
  /** Text of the call that failed was shown: it stays, and the answer begins again behind it. */
  partial?: true;
}

/** How the turn ended; the stream's one `finish` chunk carries it. */
export interface FinishNotice {
  end: 'completed' | 'failed' | 'stopped';
  /** A sentence for people when the end is not `completed`. */
  reason?: string;
  usage?: TurnUsage;
  /** Who answered: `<provider>/<id>`. */
  model?: string;
}

/** Place of a batch in the log: fences order before sequences. */
export interface ChunkPosition {
  fence: number;
  seq: number;
}

/** One stored batch, as readers get it. */
export interface ChunkBatch extends ChunkPosition {
  chunks: StreamChunk[];
  /** When it was written, epoch milliseconds. */
  at: number;
}
