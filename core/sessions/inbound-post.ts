import type { Requester } from '../turns/record.ts';
import type { FileReference } from './record.ts';

/** A post that asks the agent for a turn, as any door hands it to admission. */
export interface InboundPost {
  appId: string;
  installationId: string;
  /** Marks the delivery; `message` and `app_mention` of one post have different ones and still one turn. */
  eventId: string;
  channel: string;
  /** The thread's root: the post's own ts when it began the thread. */
  threadTs: string;
  messageTs: string;
  author: Requester;
  /** With the agent's own mention removed. */
  text: string;
  files: FileReference[];
}

/**
 * `full`: the session's queue has no room; `too_many`: this person added to it too often within a minute. Nothing
 * was stored in either case.
 */
export type Admission =
  | { outcome: 'started' | 'duplicate'; turnId: string; sessionId: string }
  | { outcome: 'queued'; turnId: string; sessionId: string; position: number }
  | { outcome: 'full' | 'too_many'; turnId: string; sessionId: string };

/** Admits a post: core/sessions/admit.ts. Answers after the transaction and StartExecution, never after a model or Slack call. */
export type AdmitPost = (post: InboundPost) => Promise<Admission>;
