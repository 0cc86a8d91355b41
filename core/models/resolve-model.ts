import type { LanguageModelV4 } from '@ai-sdk/provider';
import { ModelError } from './contract.ts';
import { createDemoModel } from './demo/model.ts';
import { parseModelName } from './model-name.ts';

/** What is needed to reach models. */
export interface ModelAccess {
  /** Where an openai-compatible model's API is, up to and without `/chat/completions`. */
  modelBaseUrl?: string;
  /** The providers' keys by provider name; asked for only when a provider needs one. The caller caches them. */
  secrets: () => Promise<Record<string, string>>;
}

/**
 * Finds a model by its name. A provider's code is loaded when the first of its models is asked for: each takes
 * more time to load than all that Sluice does before a model call.
 *
 * @throws ModelError, terminal, for a name or a setting that is wrong
 */
export async function resolveModel(name: string, access: ModelAccess): Promise<LanguageModelV4> {
  const model = parseModelName(name);
  if (!model)
    throw misconfigured(
      `There is no model \`${name}\`. An administrator can set \`model\` to demo, bedrock/<model id> or openai-compatible/<model id> and deploy again.`,
    );
  if (model.provider === 'demo') return createDemoModel(model.charsPerSecond);
  if (model.provider === 'bedrock') {
    const { createBedrockModel } = await import('./bedrock.ts');
    return createBedrockModel(model.id);
  }
  if (!access.modelBaseUrl)
    throw misconfigured(
      `The model \`${name}\` has no address. An administrator can set \`modelBaseUrl\` to where its API is and deploy again.`,
    );
  const { createOpenAICompatibleModel } = await import('./openai-compatible.ts');
  return createOpenAICompatibleModel(model.id, access.modelBaseUrl, access.secrets);
}

function misconfigured(sentence: string): ModelError {
  return new ModelError({ retryable: false, code: 'model', sentence });
}
