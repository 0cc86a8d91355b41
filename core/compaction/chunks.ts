import type { StreamChunk } from '../stream/chunks.ts';
import { ASSUMED_CONTEXT_TOKENS } from './due.ts';

/** Which compaction it is; `n` counts tries within a step, so that one that is tried again has a card of its own. */
export interface CompactionPlace {
  step: number;
  n: number;
}

/** The name under which a compaction stands in the log, beside tools. */
const TOOL_NAME = 'compact_conversation';
const TITLE = 'Summarising the conversation';

/**
 * Makes a compaction visible before its slow call (case K-8), as a call of a tool: whoever reads the log, the relay
 * included, shows it like one.
 *
 * @param messages how many the conversation has
 * @param used what the last model call read and wrote; absent when a compaction was asked for by hand
 */
export function compactionBegins(
  place: CompactionPlace,
  messages: number,
  used?: { tokens: number; contextTokens?: number },
): StreamChunk {
  const percent = used ? Math.round((used.tokens * 100) / (used.contextTokens ?? ASSUMED_CONTEXT_TOKENS)) : 0;
  // By hand a conversation is summarised long before it fills anything.
  const share = percent > 0 ? `, ${percent} % of what the model can read` : '';
  return {
    type: 'tool-input-available',
    toolCallId: idOf(place),
    toolName: TOOL_NAME,
    title: TITLE,
    // One plain value: cards show it as it is.
    input: { conversation: `${countOf(messages)}${share}` },
  };
}

/** What was done, behind the slow call and before its commit. */
export function compactionDone(place: CompactionPlace, summarised: number): StreamChunk {
  return {
    type: 'tool-output-available',
    toolCallId: idOf(place),
    output: `Summarised ${countOf(summarised)}; the whole conversation stays in the thread.`,
  };
}

/** A compaction that did not come about. @param sentence for people */
export function compactionFailed(place: CompactionPlace, sentence: string): StreamChunk {
  return { type: 'tool-output-error', toolCallId: idOf(place), errorText: sentence };
}

const ID = 'compaction-';
const idOf = ({ step, n }: CompactionPlace): string => `${ID}${step}-${n}`;

/** Whether a call in the log is none of the agent's, but a compaction that is shown like one. */
export const isCompactionCall = (toolCallId: string): boolean => toolCallId.startsWith(ID);

const countOf = (messages: number): string => `${messages} ${messages === 1 ? 'message' : 'messages'}`;
