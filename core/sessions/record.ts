import type { DisplayChoice } from '../display/display.ts';
import type { ModelChoice } from '../models/model-choice.ts';
import type { Requester } from '../turns/record.ts';

/** `SESSION#id` / `META`: one Slack thread's conversation. */
export interface SessionRecord {
  v: 1;
  sessionId: string;
  appId: string;
  installationId: string;
  channel: string;
  threadTs: string;
  agent: string;
  title?: string;
  /** A person's title is never replaced by the model's (case K-35). */
  titleBy?: 'model' | 'person';
  /** When the person gave it, epoch milliseconds: an older rename that arrives later is ignored. */
  titleAt?: number;
  /** What the last model call read and wrote, tokens. */
  contextTokens?: number;
  /** Where the history begins to be read; absent: at its first message. */
  checkpoint?: Checkpoint;
  state: 'idle' | 'active';
  activeTurnId?: string;
  lastTurnId?: string;
  queueLength: number;
  /** Messages that each person added to the queue within a minute that began at `since`; of the last minute only. */
  pushes?: Record<string, { since: number; count: number }>;
  /** The sequence that the next message takes while no turn is active. */
  nextSeq: number;
  version: number;
  createdAt: number;
  updatedAt: number;
}

/**
 * Stands for all messages up to `seq`: they were put together into one body, as they were or as a summary. Messages
 * themselves stay in the table.
 */
export interface Checkpoint {
  seq: number;
  /** Name of a body in the bucket: `MessageRecord[]`. */
  key: string;
  /** What the body holds: the messages themselves, or a summary in their place. */
  kind: 'messages' | 'summary';
}

/** A file named by a message; its bytes stay in Slack until a run needs them. */
export interface FileReference {
  id: string;
  name: string;
  mimetype: string;
  size: number;
}

/** What a person wrote: the body of a user message and of a queue item. */
export interface UserPost {
  /** Text with the agent's own mention removed. */
  text: string;
  author: Requester;
  messageTs: string;
  files: FileReference[];
  /** The model that a setting chose for this place and person when they wrote. */
  model?: ModelChoice;
  /** How settings want what comes of it to be shown; absent where the defaults do. */
  display?: DisplayChoice;
}

/** `SESSION#id` / `MSG#seq`: one message, parts as the model saw them. */
export interface MessageRecord {
  v: 1;
  sessionId: string;
  seq: number;
  turnId: string;
  role: 'user' | 'assistant' | 'tool';
  /** For a user message: the post. */
  post?: UserPost;
  /** The post came while its turn was at work, which took it up; `waiting` more were left in the queue. */
  followUp?: { waiting: number };
  /** What stands here is a summary of the messages before it; it is no person's post. */
  summary?: string;
  /** For assistant and tool messages: the model layer's message. Stored as JSON text (`MessageItem`). */
  message?: unknown;
  at: number;
}

/** A message as it is stored: JSON text beside it, or the name of a large body in the bucket. */
export interface MessageItem extends Omit<MessageRecord, 'message'> {
  body?: string;
  bodyKey?: string;
}

/** `SESSION#id` / `QUEUE#ts`: a message that waits for its turn. */
export interface QueuedRecord {
  v: 1;
  sessionId: string;
  turnId: string;
  post: UserPost;
  at: number;
}
