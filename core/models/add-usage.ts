import type { TurnUsage } from '../turns/record.ts';

const parts = ['cacheReadTokens', 'cacheWriteTokens', 'reasoningTokens', 'costUsd'] as const;

/**
 * Adds up what model calls used. A part that one of them does not tell is the others' alone; a sum of costs is what is
 * known of them.
 */
export function addUsage(one: TurnUsage, other: TurnUsage): TurnUsage {
  const sum: TurnUsage = {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
  };
  for (const part of parts) {
    if (one[part] === undefined && other[part] === undefined) continue;
    const value = (one[part] ?? 0) + (other[part] ?? 0);
    // Prices have ten digits behind the point at most.
    sum[part] = part === 'costUsd' ? Number(value.toFixed(10)) : value;
  }
  return sum;
}
