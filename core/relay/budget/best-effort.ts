import type { BudgetedMethod } from '../../settings.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import { callNow } from './call-now.ts';
import type { Priority } from './priority.ts';

/**
 * What became of a call that nothing depends on. `refused`: there is no budget before `at` (epoch milliseconds),
 * nothing was sent or Slack answered 429. `failed`: `code` is Slack's error word, or `unknown` where the call may or
 * may not have been applied.
 */
export type BestEffort<T = Record<string, unknown>> =
  | { kind: 'done'; answer: T }
  | { kind: 'refused'; at: number }
  | { kind: 'failed'; code: string };

/**
 * Makes a call beside the turn's text: it takes what is left of the method's budget, never waits for it and never
 * reserves a slot, so that it delays nothing else. Slack's refusal is logged, not thrown.
 *
 * @param args Slack's arguments; of a post or an update with `channel`
 * @param priority what is more than best effort may take more of the budget, but waits no more
 */
export async function callBestEffort<T = Record<string, unknown>>(
  deps: Pick<RelayDeps, 'store' | 'now' | 'tiers' | 'log'>,
  { record }: Pick<HeldRelay, 'record'>,
  slack: SlackApi,
  method: BudgetedMethod,
  args: Record<string, unknown>,
  priority: Priority = 'extra',
): Promise<BestEffort<T>> {
  const channel = typeof args.channel === 'string' ? args.channel : record.channel;
  try {
    const called = await callNow<T>(deps, record, slack, method, args, { priority, channel });
    if ('refused' in called) return { kind: 'refused', at: called.refused };
    return { kind: 'done', answer: called.answer };
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    const { failure, message } = error;
    deps.log.info('best-effort Slack call failed', { turnId: record.turnId, method, error: message });
    if (failure.kind === 'rate_limited') return { kind: 'refused', at: deps.now() + failure.retryAfterMs };
    return { kind: 'failed', code: failure.kind === 'platform' ? failure.code : 'unknown' };
  }
}
