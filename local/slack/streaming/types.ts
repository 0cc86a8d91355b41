import type { Json } from '../json.ts';
import type { Block } from '../world/types.ts';

export type TaskStatus = 'pending' | 'in_progress' | 'complete' | 'error';

export type TaskCard = {
  readonly id: string;
  readonly title: string;
  readonly status: TaskStatus;
  readonly details: string;
  readonly output: string;
  readonly sources: Json[];
  readonly hideTitle?: boolean;
  readonly icon?: Json;
};

/** What a streamed message consists of, in the order in which it first appeared. */
export type StreamPart =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'card'; readonly id: string }
  | { readonly kind: 'plan' }
  | { readonly kind: 'blocks'; readonly blocks: Block[] };

/** The state behind a streamed message (§1.12). Never changed in place: an append makes another one. */
export type Stream = {
  readonly state: 'in_progress' | 'completed' | 'errored';
  /** Fixed by the first content call (§1.4). */
  readonly mode: 'unset' | 'text' | 'chunks';
  readonly display: 'timeline' | 'plan';
  readonly startedAt: number;
  readonly lastContentAt: number;
  readonly stoppedByUser: boolean;
  readonly recipientUser?: string;
  readonly recipientTeam?: string;
  readonly planTitle: string;
  readonly parts: readonly StreamPart[];
  readonly cards: Readonly<Record<string, TaskCard>>;
  /** Ids of the cards as they first appeared: an object would put numbers first. */
  readonly cardIds: readonly string[];
  /** Blocks that came with stop: rendered at the bottom. */
  readonly finalBlocks: readonly Block[];
  /** All Markdown that was streamed, for tests to compare; Slack never gives it back. */
  readonly markdown: string;
};
