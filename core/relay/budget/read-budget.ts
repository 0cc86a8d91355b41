import type { BudgetedMethod } from '../../settings.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import type { BudgetDeps, BudgetPlace } from './budget.ts';
import { callNow } from './call-now.ts';

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
      const called = await callNow<T>(deps, place, slack, method, args, { priority: 'begin', channel });
      if ('answer' in called) return called.answer;
      throw new SlackCallError(method, { kind: 'rate_limited', retryAfterMs: called.refused - deps.now() });
    },
  };
}

const isRead = (method: string): method is BudgetedMethod => reads.has(method);
