import { type Bodies, LARGE_BODY_BYTES } from '../store/bodies.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import { absent, type Store } from '../store/store.ts';
import { nameOfCall } from './name-of-call.ts';
import type { CallOutcome, CallRecord, StepRecord, StepToolCall } from './record.ts';
import { TurnLostError } from './run.ts';

export interface CallRecordDeps {
  store: Store;
  bodies: Pick<Bodies, 'get' | 'put'>;
  now: () => number;
}

/** A call of a step, and the fence under which it is worked on. */
export interface OwnedCall {
  step: StepRecord;
  call: StepToolCall;
  fence: number;
}

/** What a run before this one left about a call. */
export interface StoredCall {
  record: CallRecord;
  outcome?: CallOutcome;
}

/**
 * What is stored about a step's calls, by tool call id. It reads these calls' records and no others, so that a turn's
 * hundredth step costs what its first does.
 */
export async function storedCalls(
  deps: Pick<CallRecordDeps, 'store' | 'bodies'>,
  { turnId, step, toolCalls }: StepRecord,
): Promise<Map<string, StoredCall>> {
  const stored = await Promise.all(
    [...new Set(toolCalls.map((call) => call.toolCallId))].map(async (toolCallId) => {
      const record = await deps.store.get<CallRecord>(keys.call(turnId, toolCallId));
      if (record?.step !== step) return [];
      const outcome = await outcomeOf(deps.bodies, record);
      return [[toolCallId, { record, ...(outcome ? { outcome } : {}) }] as const];
    }),
  );
  return new Map(stored.flat());
}

/** What a record tells of its call; a large outcome lies in the bucket. */
export async function outcomeOf(
  bodies: CallRecordDeps['bodies'],
  record: CallRecord | undefined,
): Promise<CallOutcome | undefined> {
  if (record?.outcomeKey) return (await bodies.get(record.outcomeKey)) as CallOutcome;
  return record?.outcome === undefined ? undefined : (JSON.parse(record.outcome) as CallOutcome);
}

function recordOf(deps: CallRecordDeps, { step, call, fence }: OwnedCall, status: CallRecord['status']) {
  const { toolCallId, toolName } = call;
  const at = deps.now();
  return { v: 1, turnId: step.turnId, step: step.step, toolCallId, toolName, fence, status, at } as const;
}

/**
 * Writes down that a call is about to run.
 *
 * @param former the record of a run before this one, whose call is run again
 * @throws TurnLostError when another run has claimed the call meanwhile
 */
export async function recordIntent(
  deps: CallRecordDeps,
  owned: OwnedCall,
  former: CallRecord | undefined,
): Promise<void> {
  const condition = former ? { expression: '#fence = :former', values: { ':former': former.fence } } : absent;
  await write(deps, owned, recordOf(deps, owned, 'intent'), condition);
}

/** Takes an intent back whose call was not begun: the next run may make it. Best effort, for the run is breaking. */
export async function withdrawIntent(deps: CallRecordDeps, { step, call, fence }: OwnedCall): Promise<void> {
  try {
    const condition = {
      expression: '#fence = :mine AND #status = :intent',
      values: { ':mine': fence, ':intent': 'intent' },
    };
    await deps.store.transact([{ delete: keys.call(step.turnId, call.toolCallId), condition }]);
  } catch {
    // The call counts as unknown then, as after any other crash.
  }
}

/**
 * Writes down that nobody knows what came of a call, unless the run that began it has told after all.
 *
 * @returns what stands in the record then
 */
export async function recordUnknown(
  deps: CallRecordDeps,
  owned: OwnedCall,
  unknown: CallOutcome,
): Promise<CallOutcome> {
  const { step, call, fence } = owned;
  const record: CallRecord = { ...recordOf(deps, owned, 'unknown'), outcome: JSON.stringify(unknown) };
  const key = keys.call(step.turnId, call.toolCallId);
  try {
    const expression =
      'attribute_not_exists(#outcome) AND attribute_not_exists(#outcomeKey) AND #fence <= :mine';
    await deps.store.put({ ...key, ...record }, { expression, values: { ':mine': fence } });
    return unknown;
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const known = await outcomeOf(deps.bodies, await deps.store.get<CallRecord>(key));
    if (!known)
      throw new TurnLostError(`Call ${call.toolCallId} of turn ${step.turnId} belongs to a newer run.`);
    return known;
  }
}

/** Writes down what came of a call. @throws TurnLostError when a newer run has written about it */
export async function recordOutcome(
  deps: CallRecordDeps,
  owned: OwnedCall,
  outcome: CallOutcome,
): Promise<CallOutcome> {
  const record: CallRecord = {
    ...recordOf(deps, owned, 'result'),
    ...(await storedOutcome(deps, owned, outcome)),
  };
  await write(deps, owned, record, {
    expression: 'attribute_not_exists(#pk) OR #fence <= :mine',
    values: { ':mine': owned.fence },
  });
  return outcome;
}

/** A large one goes to the bucket, under a name that holds the fence: a run that lost its turn overwrites nothing. */
async function storedOutcome(
  { bodies }: CallRecordDeps,
  { step, call, fence }: OwnedCall,
  outcome: CallOutcome,
): Promise<Pick<CallRecord, 'outcome' | 'outcomeKey'>> {
  const text = JSON.stringify(outcome);
  if (Buffer.byteLength(text) <= LARGE_BODY_BYTES) return { outcome: text };
  const outcomeKey = `turns/${step.turnId}/calls/${fence}-${nameOfCall(call.toolCallId)}`;
  await bodies.put(outcomeKey, outcome);
  return { outcomeKey };
}

async function write(
  deps: CallRecordDeps,
  { step, call }: OwnedCall,
  record: CallRecord,
  condition: typeof absent,
): Promise<void> {
  try {
    await deps.store.put({ ...keys.call(step.turnId, call.toolCallId), ...record }, condition);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    throw new TurnLostError(`Call ${call.toolCallId} of turn ${step.turnId} belongs to a newer run.`);
  }
}
