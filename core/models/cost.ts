import type { TurnUsage } from '../turns/record.ts';
import type { ModelFacts } from './model-table.ts';

/**
 * What one model call cost, in US dollars. Cached tokens are part of `inputTokens` and have their own prices. What a
 * provider charges beside tokens (for each web search, say) is not in it.
 *
 * @param usage one call's: prices may depend on the length of the request
 * @returns undefined where a price that is needed is not known
 */
export function costOf(usage: TurnUsage, { prices }: Partial<ModelFacts>): number | undefined {
  if (!prices || usage.inputTokens > (prices.upToTokens ?? Number.POSITIVE_INFINITY)) return undefined;
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  const fresh = Math.max(0, inputTokens - cacheReadTokens - cacheWriteTokens);
  const parts = [
    costOfTokens(fresh, prices.input),
    costOfTokens(cacheReadTokens, prices.cacheRead),
    costOfTokens(cacheWriteTokens, prices.cacheWrite),
    costOfTokens(outputTokens, prices.output),
  ];
  let sum = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    sum += part;
  }
  // Prices have at most four digits behind the point, per million tokens: no more than ten are meant.
  return Number((sum / 1_000_000).toFixed(10));
}

/** In millionths of a dollar. */
function costOfTokens(tokens: number, price: number | undefined): number | undefined {
  return tokens === 0 ? 0 : price === undefined ? undefined : tokens * price;
}
