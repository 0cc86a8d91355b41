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
  state: 'idle' | 'active';
  activeTurnId?: string;
  lastTurnId?: string;
  queueLength: number;
  /** The sequence that the next message takes while no turn is active. */
  nextSeq: number;
  version: number;
  createdAt: number;
  updatedAt: number;
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
