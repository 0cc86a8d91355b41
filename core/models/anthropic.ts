import { createAnthropic } from '@ai-sdk/anthropic';
import { providerTool } from './model-tools.ts';
import { refusePage } from './refuse-page.ts';
import type { ResolvedModel } from './resolve-model.ts';

/** Searches that one model call may make; each costs extra. */
const SEARCHES_PER_CALL = 5;

/**
 * A model of Anthropic's Messages API. The web search is the version that needs no code execution beside it.
 *
 * @param baseUrl up to and without `/messages`; Anthropic's own by default
 */
export function createAnthropicModel(modelId: string, apiKey: string, baseUrl?: string): ResolvedModel {
  const provider = createAnthropic({
    apiKey,
    fetch: refusePage('anthropic'),
    ...(baseUrl ? { baseURL: baseUrl } : {}),
  });
  return {
    model: provider(modelId),
    webSearch: ({ allowedDomains, blockedDomains }) =>
      providerTool(
        provider.tools.webSearch_20250305({
          maxUses: SEARCHES_PER_CALL,
          ...(allowedDomains ? { allowedDomains: [...allowedDomains] } : {}),
          ...(blockedDomains ? { blockedDomains: [...blockedDomains] } : {}),
        }),
      ),
  };
}
