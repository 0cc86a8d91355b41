import type { JsonObject } from '../json.ts';

/** What a message must tell so that one can say what a person sees of its stream. */
type Streamed = {
  text: string;
  blocks: (JsonObject & { type: string })[];
  streamingState?: 'in_progress' | 'completed' | 'errored';
  stream?: { liveFor: string | null; stoppedByUser: boolean };
};

export type VisibleStream = {
  text: string;
  blocks: Streamed['blocks'];
  /** It grows before this person's eyes. */
  live: boolean;
  /** A blank bubble: the stream is live for somebody else and shows when it ends. */
  blank: boolean;
  /** Slack's grey words below a stream that it ended itself (§1.8 "After expiry"); null for none. */
  failure: string | null;
  /** For the developer, not for Slack's people: why the bubble is blank; null where it is not. */
  hint: string | null;
};

/**
 * What a person sees of a message. Only the recipient sees a stream live; all others see a blank bubble until it
 * ends, then the whole message. Without a recipient (DMs, §1.2) everybody does. What apps read is not concerned.
 *
 * @param viewer id of the person who looks
 */
export function visibleStream(message: Streamed, viewer: string): VisibleStream {
  const { text, blocks, streamingState, stream } = message;
  const open = streamingState === 'in_progress';
  const liveFor = stream?.liveFor ?? null;
  const live = open && (liveFor === null || liveFor === viewer);
  const failure = streamingState === 'errored' ? 'Something went wrong' : null;
  if (!open || live) return { text, blocks, live, blank: false, failure, hint: null };
  const hint = `Streams to ${liveFor}, the recipient_user_id; others see it when it ends.`;
  return { text: '', blocks: [], live: false, blank: true, failure, hint };
}
