import type { BudgetedMethod } from '../../settings.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import { type BudgetDeps, type BudgetPlace, blockMethod, takeBudget } from './budget.ts';
import type { Priority } from './priority.ts';

/** `refused`: the method's budget has no place before this time (epoch milliseconds), and nothing was sent. */
export type CalledNow<T> = { answer: T } | { refused: number };

/**
 * Makes a call now or not at all: it waits for no place in the budget and reserves none. Slack's 429 blocks the method
 * for all turns of the workspace.
 *
 * @param ask what for, and in which channel, which matters for posts
 * @throws SlackCallError
 */
export async function callNow<T>(
  deps: BudgetDeps,
  place: BudgetPlace,
  slack: SlackApi,
  method: BudgetedMethod,
  args: Record<string, unknown>,
  ask: { priority: Priority; channel: string },
): Promise<CalledNow<T>> {
  const take = await takeBudget(deps, place, { method, ...ask, maxWaitMs: 0 });
  if ('refused' in take) return take;
  try {
    return { answer: await slack.call<T>(method, args) };
  } catch (error) {
    if (error instanceof SlackCallError && error.failure.kind === 'rate_limited')
      await blockMethod(deps, place, method, deps.now() + error.failure.retryAfterMs, ask.channel);
    throw error;
  }
}
