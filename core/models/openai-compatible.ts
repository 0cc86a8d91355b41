import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';

const PROVIDER = 'openai-compatible';

/**
 * A model behind an API that speaks OpenAI's chat completions. The key goes with each request as a bearer token;
 * a server that wants none gets none.
 *
 * @param baseUrl up to and without `/chat/completions`
 * @param secrets the key is the one named `openai-compatible`
 */
export async function createOpenAICompatibleModel(
  modelId: string,
  baseUrl: string,
  secrets: () => Promise<Record<string, string>>,
): Promise<LanguageModelV4> {
  const apiKey = (await secrets())[PROVIDER];
  const provider = createOpenAICompatible({
    name: PROVIDER,
    baseURL: baseUrl.replace(/\/+$/, ''),
    includeUsage: true,
    ...(apiKey ? { apiKey } : {}),
  });
  return provider(modelId);
}
