import { createHash } from 'node:crypto';
import type { JSONObject } from '@ai-sdk/provider';
import { efforts, type ReasoningEffort } from './model-choice.ts';
import type { ModelName } from './model-name.ts';
import type { ModelFacts } from './model-table.ts';

/** What a request tells a provider beside messages and tools, in AI SDK's words. */
export interface CallSettings {
  maxOutputTokens?: number;
  providerOptions: Record<string, JSONObject>;
}

/** The part of the answer that a thinking budget takes, as AI SDK shares it out (mapReasoningToProviderBudget). */
const budgetShares: Partial<Record<ReasoningEffort, number>> = { low: 0.1, medium: 0.3, high: 0.6 };

/**
 * Translates effort and limits for a provider. An effort that the model does not know becomes the nearest one that it
 * does; of a model whose efforts are not known none is asked, since some refuse the whole request for it.
 *
 * @param instructions what is stable in a conversation: OpenAI finds its cache by a key made of them
 */
export function callSettings(
  model: ModelName,
  facts: Partial<ModelFacts>,
  request: { instructions: string; effort?: ReasoningEffort },
): CallSettings {
  const effort = request.effort && nearestEffort(request.effort, facts.efforts ?? []);
  const limit = outputLimit(facts);
  switch (model.provider) {
    case 'demo':
      return { providerOptions: {} };
    case 'anthropic': {
      const { budget, ...thinking } = anthropicThinking(effort, facts, limit);
      return { ...limited(limit, budget), providerOptions: { anthropic: thinking } };
    }
    case 'bedrock': {
      const { budget, ...told } = anthropicThinking(effort, facts, limit);
      const reasoningConfig = facts.thinking ? bedrockThinking(told) : otherThinking(model.id, effort);
      return {
        ...limited(limit, budget),
        providerOptions: { bedrock: reasoningConfig ? { reasoningConfig } : {} },
      };
    }
    case 'openai':
      return { ...limited(limit), providerOptions: { openai: openaiOptions(effort, request.instructions) } };
    case 'openai-compatible':
      return {
        ...limited(limit),
        providerOptions: { 'openai-compatible': effort ? { reasoningEffort: effort } : {} },
      };
  }
}

/** Of two that are equally near, the harder one; `none` only for who asked for it. */
export function nearestEffort(
  asked: ReasoningEffort,
  known: readonly ReasoningEffort[],
): ReasoningEffort | undefined {
  const rank = (effort: ReasoningEffort) => efforts.indexOf(effort);
  const distance = (effort: ReasoningEffort) => Math.abs(rank(effort) - rank(asked));
  return known
    .filter((effort) => effort !== 'none' || asked === 'none')
    .toSorted((one, other) => distance(one) - distance(other) || rank(other) - rank(one))[0];
}

/**
 * At most a quarter of the context: a conversation is summarised from 70 % on, and some models refuse a request that,
 * together with the answer it allows, is larger than their context.
 */
function outputLimit({ maxOutputTokens, contextTokens }: Partial<ModelFacts>): number | undefined {
  if (maxOutputTokens === undefined || contextTokens === undefined) return maxOutputTokens;
  return Math.min(maxOutputTokens, Math.floor(contextTokens / 4));
}

/** Providers add a thinking budget to the limit that they are given. */
function limited(limit: number | undefined, budget = 0): Pick<CallSettings, 'maxOutputTokens'> {
  return limit === undefined ? {} : { maxOutputTokens: limit - budget };
}

function bedrockThinking({ thinking, effort }: ReturnType<typeof anthropicThinking>): JSONObject | undefined {
  return thinking && { ...thinking, ...(effort ? { maxReasoningEffort: effort } : {}) };
}

/** Models of other makers on Bedrock take an effort; Nova wants to be told that it may think at all. */
function otherThinking(id: string, effort: ReasoningEffort | undefined): JSONObject | undefined {
  if (!effort || effort === 'none') return undefined;
  return { ...(/\bnova\b/.test(id) ? { type: 'enabled' } : {}), maxReasoningEffort: effort };
}

function anthropicThinking(
  effort: ReasoningEffort | undefined,
  facts: Partial<ModelFacts>,
  limit: number | undefined,
): { thinking?: JSONObject; effort?: ReasoningEffort; budget?: number } {
  const adaptive = { thinking: { type: 'adaptive', display: 'summarized' } };
  if (facts.thinking === 'adaptive') {
    if (effort === 'none') return { thinking: { type: 'disabled' } };
    if (effort) return { ...adaptive, effort };
    // Models that always think put their words between tool calls there, and leave them out unless asked.
    return facts.efforts && !facts.efforts.includes('none') ? adaptive : {};
  }
  const share = effort && budgetShares[effort];
  if (facts.thinking !== 'budget' || !share || limit === undefined) return {};
  const budget = Math.max(1_024, Math.round(limit * share));
  return { thinking: { type: 'enabled', budgetTokens: budget }, budget };
}

function openaiOptions(effort: ReasoningEffort | undefined, instructions: string): JSONObject {
  return {
    // Nothing is kept there: what the next request needs is in our own messages, so no id can be lost (case K-39).
    store: false,
    promptCacheKey: createHash('sha256').update(instructions).digest('hex').slice(0, 32),
    // Summaries are refused to organisations that OpenAI has not verified.
    ...(effort ? { reasoningEffort: effort, reasoningSummary: null } : {}),
  };
}
