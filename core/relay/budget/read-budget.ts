import type { BudgetedMethod } from '../../settings.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import { type BudgetDeps, type BudgetPlace, blockMethod, takeBudget } from './budget.ts';

/** What the relay reads of Slack to find out about a call in doubt. */
const reads: ReadonlySet<string> = new Set<BudgetedMethod>(['conversations.replies', 'files.info']);

/**
 * A workspace's Slack whose reads take a place in the budget as well: after an outage every turn has a call in doubt
 * at the same moment. A read without a place fails as one that Slack answers 429, with the time until the next one,
 * and so is made later.
 */
export function withReadBudget(deps: BudgetDeps, place: BudgetPlace, slack: SlackApi): SlackApi {
  return {
    async call<T>(method: string, args: Record<string, unknown>): Promise<T> {
      if (!isRead(method)) return slack.call<T>(method, args);
      const channel = typeof args.channel === 'string' ? args.channel : '';
      const take = await takeBudget(deps, place, { method, priority: 'begin', channel, maxWaitMs: 0 });
      if ('refused' in take)
        throw new SlackCallError(method, { kind: 'rate_limited', retryAfterMs: take.refused - deps.now() });
      try {
        return await slack.call<T>(method, args);
      } catch (error) {
        if (error instanceof SlackCallError && error.failure.kind === 'rate_limited')
          await blockMethod(deps, place, method, deps.now() + error.failure.retryAfterMs);
        throw error;
      }
    },
  };
}

const isRead = (method: string): method is BudgetedMethod => reads.has(method);
