import { createOpenAI } from '@ai-sdk/openai';
import { providerTool } from './model-tools.ts';
import { refusePage } from './refuse-page.ts';
import type { ResolvedModel } from './resolve-model.ts';

/**
 * A model of OpenAI's Responses API.
 *
 * @param baseUrl up to and without `/responses`; OpenAI's own by default
 */
export function createOpenAIModel(modelId: string, apiKey: string, baseUrl?: string): ResolvedModel {
  const provider = createOpenAI({
    apiKey,
    fetch: refusePage('openai'),
    ...(baseUrl ? { baseURL: baseUrl } : {}),
  });
  return {
    model: provider.responses(modelId),
    webSearch: ({ allowedDomains, blockedDomains }) =>
      providerTool(
        provider.tools.webSearch({
          filters: {
            ...(allowedDomains ? { allowedDomains: [...allowedDomains] } : {}),
            ...(blockedDomains ? { blockedDomains: [...blockedDomains] } : {}),
          },
        }),
      ),
  };
}
