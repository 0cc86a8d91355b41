import type { Bodies } from '../store/bodies.ts';
import { limitOutput, outputBytes } from '../tools/limit-output.ts';
import { outputKey } from '../tools/read-output.ts';
import type { ResultBudget } from '../tools/result-budget.ts';
import { nameOfCall } from './name-of-call.ts';
import type { CallOutcome } from './record.ts';

/** Whose result it is. */
export interface OutputPlace {
  sessionId: string;
  turnId: string;
  fence: number;
  toolCallId: string;
}

/**
 * Keeps an outcome within what the step has room for. The whole of a result that was cut is in the bucket before
 * anything names it, under a name that holds the fence, so that a run that lost its turn overwrites nothing.
 *
 * @returns the outcome as it is stored and told
 */
export async function keepOutput(
  bodies: Pick<Bodies, 'put'>,
  budget: ResultBudget,
  { sessionId, turnId, fence, toolCallId }: OutputPlace,
  outcome: CallOutcome,
): Promise<CallOutcome> {
  if (outcome.kind !== 'output') return outcome;
  const ref = `${turnId}/${fence}-${nameOfCall(toolCallId)}`;
  const { value, whole } = limitOutput(outcome.value, budget.take(outputBytes(outcome.value)), ref);
  if (!whole) return { kind: 'output', value };
  await bodies.put(outputKey(sessionId, ref), whole.text);
  return { kind: 'output', value, rest: { ref, bytes: whole.bytes } };
}
