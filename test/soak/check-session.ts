import type { MessageItem, QueuedRecord, SessionRecord } from '../../core/sessions/record.ts';
import { keys } from '../../core/store/keys.ts';
import type { Store } from '../../core/store/store.ts';
import { batchOf, type ChunkItem } from '../../core/stream/chunk-item.ts';
import type { StreamChunk } from '../../core/stream/chunks.ts';
import { visibleBatches } from '../../core/stream/read-log.ts';
import type { CallRecord, TurnRecord } from '../../core/turns/record.ts';
import { hasEnded } from '../../core/turns/transitions.ts';
import type { Ledger } from './ledger.ts';

/** A turn that was asked for. */
export interface AskedTurn {
  /** The same in no two turns of a soak. */
  id: string;
  turnId: string;
  /** What stands in its answer once and nowhere else. */
  answer: string | RegExp;
}

export interface CheckedTurn {
  violations: string[];
  end: string;
  /** How often its log shows the answer: once, and once more for each time that a crash undid it when it was whole. */
  shown: number;
}

export const countOf = (text: string, part: string | RegExp): number => text.split(part).length - 1;

/** What is wrong with a turn after all is over, as sentences; its end when it has one. */
export async function checkTurn(
  store: Store,
  ledger: Ledger,
  { id, turnId, answer }: AskedTurn,
): Promise<CheckedTurn> {
  const turn = await store.get<TurnRecord>(keys.turn(turnId));
  if (!turn) return { violations: [`turn ${id} (${turnId}) was never made`], end: 'none', shown: 0 };
  const wrongs: string[] = [];
  if (!hasEnded(turn)) wrongs.push(`is ${turn.state}`);
  if (turn.end?.state !== turn.state) wrongs.push(`is ${turn.state}, its end says ${turn.end?.state}`);
  for (const left of ['leaseUntil', 'waitUntil', 'openStep', 'gsi3pk'] as const)
    if (turn[left] !== undefined) wrongs.push(`has kept ${left}`);

  const { pk } = keys.turn(turnId);
  const batches = (await store.query<ChunkItem>({ pk, prefix: 'CHUNK#' })).map(batchOf);
  const finishes = (chunks: readonly StreamChunk[]) => chunks.filter(({ type }) => type === 'finish').length;
  const stored = finishes(batches.flatMap(({ chunks }) => chunks));
  if (stored !== 1) wrongs.push(`has ${stored} finish chunks`);
  const log = visibleBatches(batches, turn).flatMap(({ chunks }) => chunks);
  if (log.at(-1)?.type !== 'finish') wrongs.push(`has a log that ends with ${log.at(-1)?.type}`);
  const attempts = attemptsIn(log).map((text) => countOf(text, answer));
  wrongs.push(...wrongsOfLog(attempts, turn.state));

  for (const call of await store.query<CallRecord>({ pk, prefix: 'CALL#' }))
    wrongs.push(...wrongsOfCall(call, ledger));
  const shown = attempts.reduce((sum, count) => sum + count, 0);
  return { violations: wrongs.map((wrong) => `turn ${id} (${turnId}) ${wrong}`), end: turn.state, shown };
}

/** What was written, parted where the log says that it begins again. */
function attemptsIn(log: readonly StreamChunk[]): string[] {
  const attempts: string[] = [''];
  for (const chunk of log) {
    if (chunk.type === 'data-retry') attempts.push('');
    if (chunk.type === 'text-delta') attempts.push(`${attempts.pop()}${chunk.delta}`);
  }
  return attempts;
}

/** The whole answer is there once; one that was shown before a crash undid it is followed by a word about it (T-62). */
function wrongsOfLog(times: readonly number[], state: string): string[] {
  if (times.some((count) => count > 1)) return [`shows its answer ${times.join('+')} times`];
  const last = times.at(-1) ?? 0;
  return state === 'completed' && last !== 1 ? [`is completed and shows its answer ${last} times`] : [];
}

function wrongsOfCall({ toolCallId, toolName, status, outcome }: CallRecord, ledger: Ledger): string[] {
  if (status === 'intent') return [];
  const told = JSON.parse(outcome ?? '{}') as { kind?: string; value?: { call?: string } };
  if (told.kind !== 'output' || (toolName !== 'note' && toolName !== 'announce')) return [];
  const times = ledger.times(told.value?.call ?? '');
  return times === 1 ? [] : [`was told that ${toolCallId} (${toolName}) was done, and it ran ${times} times`];
}

/**
 * What is wrong with a session after all is over.
 *
 * @param turns the turns that were asked for in it, in the order in which they were taken
 */
export async function checkSession(
  store: Store,
  sessionId: string,
  turns: readonly (AskedTurn & { end: string })[],
): Promise<string[]> {
  const session = await store.get<SessionRecord>(keys.session(sessionId));
  if (!session) return [`session ${sessionId} is not there`];
  const wrongs: string[] = [];
  if (session.state !== 'idle' || session.activeTurnId)
    wrongs.push(`is ${session.state} with ${session.activeTurnId}`);
  const { pk } = keys.session(sessionId);
  const queued = await store.query<QueuedRecord>({ pk, prefix: 'QUEUE#' });
  if (session.queueLength !== 0 || queued.length > 0)
    wrongs.push(`counts ${session.queueLength} queued posts and has ${queued.length}`);
  const messages = await store.query<MessageItem>({ pk, prefix: 'MSG#' });
  const numbers = messages.map(({ seq }) => seq);
  if (numbers.some((seq, index) => seq !== index + 1) || session.nextSeq !== numbers.length + 1)
    wrongs.push(`has messages ${numbers.join()} and goes on at ${session.nextSeq}`);
  const posts = messages.filter(({ role }) => role === 'user').map(({ turnId }) => turnId);
  if (posts.join() !== turns.map(({ turnId }) => turnId).join())
    wrongs.push(`has ${posts.length} posts for ${turns.length} turns, or in another order`);
  for (const { id, turnId, answer, end } of turns) {
    const own = messages.filter((message) => message.turnId === turnId && message.role === 'assistant');
    const times = countOf(own.map(({ body }) => body ?? '').join('\n'), answer);
    if (times > 1 || (end === 'completed' && times === 0)) wrongs.push(`holds answer ${id} ${times} times`);
  }
  return wrongs.map((wrong) => `session ${sessionId} ${wrong}`);
}
