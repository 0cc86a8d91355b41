import type { Json } from '../json.ts';
import type { Block } from '../world/types.ts';

export type TaskStatus = 'pending' | 'in_progress' | 'complete' | 'error';

export type TaskCard = {
  id: string;
  title: string;
  status: TaskStatus;
  details: string;
  output: string;
  sources: Json[];
  hideTitle?: boolean;
  icon?: Json;
};

/** What a streamed message consists of, in the order in which it first appeared. */
export type StreamPart =
  | { kind: 'markdown'; text: string }
  | { kind: 'card'; id: string }
  | { kind: 'plan' }
  | { kind: 'blocks'; blocks: Block[] };

/** The state behind a streamed message (§1.12). */
export type Stream = {
  state: 'in_progress' | 'completed' | 'errored';
  /** Fixed by the first content call (§1.4). */
  mode: 'unset' | 'text' | 'chunks';
  display: 'timeline' | 'plan';
  startedAt: number;
  lastContentAt: number;
  stoppedByUser: boolean;
  recipientUser?: string;
  recipientTeam?: string;
  planTitle: string;
  parts: StreamPart[];
  cards: Record<string, TaskCard>;
  /** Blocks that came with stop: rendered at the bottom. */
  finalBlocks: Block[];
  /** All Markdown that was streamed, for tests to compare; Slack never gives it back. */
  markdown: string;
};
