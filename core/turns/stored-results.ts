import type { ModelMessage } from 'ai';
import { toolResultMessage } from '../models/messages.ts';
import type { MessageRecord } from '../sessions/record.ts';
import { keys } from '../store/keys.ts';
import { type CallRecordDeps, outcomeOf } from './call-records.ts';
import type { CallOutcome, CallRecord } from './record.ts';

const NOT_DONE: CallOutcome = {
  kind: 'error',
  text: 'This was not done: the turn was stopped, or ended, before it began.',
};

/**
 * A turn that was stopped while people were asked, or was ended from outside, leaves calls without results in the
 * history. What came of them is known from their own records: a result, or that none was begun. One that was begun
 * and told nothing stays without a result here; the model is told that its outcome is unknown.
 *
 * @param open calls that are being answered now
 * @returns the records with the results that are known behind the message that asked
 */
export async function withStoredResults(
  deps: Pick<CallRecordDeps, 'store' | 'bodies'>,
  records: readonly MessageRecord[],
  open: ReadonlySet<string>,
): Promise<MessageRecord[]> {
  const answered = new Set(records.flatMap(resultIdsOf));
  const completed = await Promise.all(
    records.map(async (record) => {
      const calls = callsOf(record).filter(
        ({ toolCallId }) => !answered.has(toolCallId) && !open.has(toolCallId),
      );
      const known = await Promise.all(calls.map((call) => outcomeOfCall(deps, record.turnId, call)));
      const results = known.flat();
      if (results.length === 0) return [record];
      const told: MessageRecord = { ...record, role: 'tool', message: toolResultMessage(results) };
      return [record, told];
    }),
  );
  return completed.flat();
}

interface Call {
  toolCallId: string;
  toolName: string;
}

async function outcomeOfCall(
  { store, bodies }: Pick<CallRecordDeps, 'store' | 'bodies'>,
  turnId: string,
  call: Call,
): Promise<(Call & { outcome: CallOutcome })[]> {
  const record = await store.get<CallRecord>(keys.call(turnId, call.toolCallId));
  if (!record) return [{ ...call, outcome: NOT_DONE }];
  const outcome = await outcomeOf(bodies, record);
  return outcome ? [{ ...call, outcome }] : [];
}

/** Stored messages outlive the code that wrote them: nothing is taken for granted. */
function partsOf({ message }: MessageRecord): Record<string, unknown>[] {
  const content = (message as ModelMessage | undefined)?.content;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  return parts.filter((part): part is Record<string, unknown> => typeof part === 'object' && part !== null);
}

function callsOf(record: MessageRecord): Call[] {
  if (record.role !== 'assistant') return [];
  return partsOf(record).flatMap(({ type, toolCallId, toolName, providerExecuted }) =>
    type === 'tool-call' && !providerExecuted && typeof toolCallId === 'string'
      ? [{ toolCallId, toolName: String(toolName) }]
      : [],
  );
}

function resultIdsOf(record: MessageRecord): string[] {
  if (record.role !== 'tool') return [];
  return partsOf(record).flatMap(({ type, toolCallId }) =>
    type === 'tool-result' && typeof toolCallId === 'string' ? [toolCallId] : [],
  );
}
