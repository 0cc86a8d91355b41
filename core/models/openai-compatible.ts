import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { refusePage } from './refuse-page.ts';

/**
 * A model behind an API that speaks OpenAI's chat completions. The key goes with each request as a bearer token;
 * a server that wants none gets none.
 *
 * @param baseUrl up to and without `/chat/completions`
 */
export function createOpenAICompatibleModel(
  modelId: string,
  baseUrl: string,
  apiKey: string | undefined,
): LanguageModelV4 {
  const provider = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: baseUrl.replace(/\/+$/, ''),
    includeUsage: true,
    fetch: refusePage('openai-compatible'),
    ...(apiKey ? { apiKey } : {}),
  });
  return provider(modelId);
}
