import { type Display, displayOf } from '../core/display/display.ts';
import type { FeedbackRecord } from '../core/feedback/record.ts';
import type { RelayRecord } from '../core/relay/record.ts';
import { keys } from '../core/store/keys.ts';
import type { CallRecord, StepItem, StepToolCall, TurnRecord, UsageRecord } from '../core/turns/record.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { Deployment } from './deployment.ts';
import { plainRecord } from './plain-record.ts';

export interface ToldStep extends Omit<StepItem, 'calls' | 'callsKey'> {
  toolCalls: StepToolCall[];
}

/** A turn with all that is stored of its work; `usage` has the model calls that failed as well. */
export interface ToldTurn {
  turn: TurnRecord;
  /** How it is shown: what was chosen when it was asked for, and the defaults. */
  display: Display;
  steps: ToldStep[];
  usage: UsageRecord[];
  calls: Pick<CallRecord, 'toolCallId' | 'toolName' | 'step' | 'status' | 'at'>[];
  /** What people thought of its answer, in the order in which they said it. */
  feedback: FeedbackRecord[];
}

/** @throws CliError when there is no such turn */
export async function readTurn(
  { store, bodies, name }: Pick<Deployment, 'store' | 'bodies' | 'name'>,
  turnId: string,
): Promise<ToldTurn> {
  const turn = await findTurn({ store, name }, turnId);
  const { pk } = keys.turn(turnId);
  const [relay, steps, usage, calls, feedback] = await Promise.all([
    store.get<RelayRecord>(keys.relay(turnId)),
    store.query<StepItem>({ pk, prefix: 'STEP#' }),
    store.query<UsageRecord>({ pk, prefix: 'USAGE#' }),
    store.query<CallRecord>({ pk, prefix: 'CALL#' }),
    store.query<FeedbackRecord>({ pk, prefix: 'FEEDBACK#' }),
  ]);
  return {
    turn,
    display: displayOf(relay?.display),
    steps: await Promise.all(
      steps.map(async ({ calls: text, callsKey, ...step }) => {
        const toolCalls: unknown = callsKey ? await bodies.get(callsKey) : JSON.parse(text ?? '[]');
        return { ...plainRecord(step), toolCalls: toolCalls as StepToolCall[] };
      }),
    ),
    usage: usage.map(plainRecord),
    feedback: feedback.sort((one, other) => one.at - other.at).map(plainRecord),
    // The table has them in the order of their ids.
    calls: calls
      .sort((one, other) => one.step - other.step)
      .map(({ toolCallId, toolName, step, status, at }) => ({
        toolCallId,
        toolName,
        step,
        status,
        at,
      })),
  };
}

/** @throws CliError when the name is none of a turn's, or there is no such turn */
export async function findTurn(
  { store, name }: Pick<Deployment, 'store' | 'name'>,
  turnId: string,
): Promise<TurnRecord> {
  if (!/^t[0-9a-f]{32}$/.test(turnId))
    throw new CliError(
      exitCodes.usage,
      `${turnId} names no turn: an id is t and 32 hex digits. \`npm run sluice -- sessions show\` lists a session's turns.`,
    );
  const turn = await store.get<TurnRecord>(keys.turn(turnId));
  if (turn) return plainRecord(turn);
  throw new CliError(exitCodes.unknown, `There is no turn ${turnId} in ${name}.`);
}
