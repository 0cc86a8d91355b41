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
  | { type: 'tool-input-available'; toolCallId: string; toolName: string; input: unknown; title?: string }
  | { type: 'tool-output-available'; toolCallId: string; output: unknown }
  | { type: 'tool-output-error'; toolCallId: string; errorText: string }
  | { type: 'tool-output-denied'; toolCallId: string }
  | { type: 'finish-step' }
  | { type: 'error'; errorText: string }
  | { type: 'abort'; reason?: string }
  | { type: 'data-retry'; data: RetryNotice }
  /** Why a person denied a call; comes right before its `tool-output-denied`. */
  | { type: 'data-denial'; data: { toolCallId: string; reason: string } }
  | { type: 'data-pause'; data: { pauseId: string } }
  | { type: 'data-resume'; data: { pauseId: string } }
  | { type: 'finish'; messageMetadata: FinishNotice };

/** A model call that will be tried again: shown, stored and replayable. Times are epoch milliseconds. */
export interface RetryNotice {
  attempt: number;
  error: string;
  delayMs: number;
  retryingAt: number;
}

/** How the turn ended; the stream's one `finish` chunk carries it. */
export interface FinishNotice {
  end: 'completed' | 'failed' | 'stopped';
  /** A sentence for people when the end is not `completed`. */
  reason?: string;
  usage?: { inputTokens: number; outputTokens: number };
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
