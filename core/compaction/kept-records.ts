import type { MessageRecord } from '../sessions/record.ts';

/** How a history is parted: what a summary stands for, and what stays word for word behind it. */
export interface PartedHistory {
  replaced: MessageRecord[];
  kept: MessageRecord[];
  /** Names of the tools that the agent called last for what is open; empty when nothing is under way. */
  lastTools: string[];
}

/**
 * Parts a history. Posts from `unanswered` on stay (capability 47), and so does the last message if
 * it calls tools: their results will come behind it.
 */
export function partHistory(records: readonly MessageRecord[], unanswered: number): PartedHistory {
  const last = records.at(-1);
  const waiting = last && ownCalls(last).length > 0 ? last : undefined;
  const isKept = (record: MessageRecord) =>
    record === waiting || (record.post !== undefined && record.seq >= unanswered);
  const done = records.filter((record) => record !== waiting);
  const underWay = done.slice(
    done.findIndex(({ post, seq }) => post && seq >= unanswered) + 1 || done.length,
  );
  const lastAsking = underWay.findLast((record) => ownCalls(record).length > 0);
  return {
    replaced: records.filter((record) => !isKept(record)),
    kept: records.filter(isKept),
    lastTools: lastAsking ? ownCalls(lastAsking).map(({ toolName }) => toolName) : [],
  };
}

/**
 * The sequence from which on posts wait for an answer: the first post behind the last answer, or the present turn's
 * own where that comes earlier (an answer that was cut is none).
 *
 * @param turnId the turn that is at work; absent between turns
 * @returns infinity when nothing is open
 */
export function unansweredFrom(records: readonly MessageRecord[], turnId?: string): number {
  const lastAnswer = records.findLastIndex(isAnswer);
  const open = records.find(
    ({ post, turnId: own }, index) =>
      post && (index > lastAnswer || (turnId !== undefined && own === turnId)),
  );
  return open?.seq ?? Number.POSITIVE_INFINITY;
}

/** How many messages stand behind the last summary, or are there at all. */
export function messagesBehindSummary(records: readonly MessageRecord[]): number {
  return records.length - 1 - records.findLastIndex(({ summary }) => summary !== undefined);
}

function isAnswer(record: MessageRecord): boolean {
  if (record.role !== 'assistant' || ownCalls(record).length > 0) return false;
  return typeof contentOf(record) === 'string' || partsOf(record).some(({ type }) => type === 'text');
}

/** Calls that we answer; a provider's own are answered inside the message. */
function ownCalls(record: MessageRecord): { toolName: string }[] {
  if (record.role !== 'assistant') return [];
  return partsOf(record)
    .filter(({ type, providerExecuted }) => type === 'tool-call' && !providerExecuted)
    .map(({ toolName }) => ({ toolName: String(toolName) }));
}

/** Stored messages outlive the code that wrote them: nothing is taken for granted. */
function contentOf({ message }: MessageRecord): unknown {
  return typeof message === 'object' && message !== null && 'content' in message
    ? message.content
    : undefined;
}

function partsOf(record: MessageRecord): Record<string, unknown>[] {
  const content = contentOf(record);
  return Array.isArray(content) ? content.filter((part) => typeof part === 'object' && part !== null) : [];
}
