import { addUsage } from '../models/add-usage.ts';
import { keys } from '../store/keys.ts';
import type { TurnRecord, TurnUsage, UsageRecord } from './record.ts';
import type { Run } from './run.ts';

/** What one model call was for, and what it used. */
export type CallUsage = Pick<UsageRecord, 'kind' | 'step' | 'attempt' | 'model' | 'usage'>;

/** Keeps what a model call used, beside the step's commit: by turn, person, channel and workspace. */
export function noteUsage(run: Run, call: CallUsage, now: number): void {
  const { turnId, sessionId, appId, installationId, channel, requester } = run.turn;
  const record: UsageRecord = {
    v: 1,
    turnId,
    sessionId,
    appId,
    installationId,
    channel,
    userId: requester.userId,
    ...call,
    at: now,
  };
  run.note({ ...keys.usage(turnId, call.step, call.kind, call.attempt), ...record });
}

/** Tokens that the next call reads as well, as far as the provider tells; 0 where it tells nothing. */
export const contextTokensOf = ({ inputTokens, outputTokens }: TurnUsage): number =>
  inputTokens + outputTokens;

/** The turn's usage with one more call's. */
export const usageWith = (turn: TurnRecord, usage: TurnUsage): Pick<TurnRecord, 'usage'> => ({
  usage: addUsage(turn.usage, usage),
});

/** The number under which a turn's next model call is counted; one that asks a second time stands beside the first. */
export const attemptOf = ({ attempts, reprompted }: Pick<TurnRecord, 'attempts' | 'reprompted'>): number =>
  attempts + 1 + (reprompted ? 100 : 0);
