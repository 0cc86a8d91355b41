import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { ToolSet } from 'ai';
import type { BaseUrls } from '../settings.ts';
import { ModelError, type WebSearch } from './contract.ts';
import { createDemoModel } from './demo/model.ts';
import { modelNameForms, parseModelName } from './model-name.ts';
import { providerKey, type Secrets } from './provider-key.ts';

/** What is needed to reach models. */
export interface ModelAccess {
  /** Where providers' APIs are, if not at their usual places; an openai-compatible one has none. */
  baseUrls?: BaseUrls;
  /** The providers' keys by provider name; asked for only when a provider needs one. The caller caches them. */
  secrets: Secrets;
}

/** A model, and the web search that its provider runs itself where it has one. */
export interface ResolvedModel {
  model: LanguageModelV4;
  webSearch?: (allowed: WebSearch) => ToolSet[string];
}

/**
 * Finds a model by its name. A provider's code is loaded when the first of its models is asked for: each takes
 * more time to load than all that Sluice does before a model call.
 *
 * @throws ModelError, terminal, for a name, a setting or a secret that is wrong
 */
export async function resolveModel(name: string, access: ModelAccess): Promise<ResolvedModel> {
  const model = parseModelName(name);
  if (!model)
    throw misconfigured(
      `There is no model \`${name}\`.`,
      `A model must be ${modelNameForms}: correct the setting or the agent that names \`${name}\` and deploy again.`,
    );
  if (model.provider === 'demo') return { model: createDemoModel(model.charsPerSecond) };
  const { id, provider } = model;
  const baseUrl = access.baseUrls?.[provider];
  switch (provider) {
    case 'anthropic': {
      const apiKey = await providerKey(name, provider, access.secrets);
      const { createAnthropicModel } = await import('./anthropic.ts');
      return createAnthropicModel(id, apiKey, baseUrl);
    }
    case 'openai': {
      const apiKey = await providerKey(name, provider, access.secrets);
      const { createOpenAIModel } = await import('./openai.ts');
      return createOpenAIModel(id, apiKey, baseUrl);
    }
    case 'bedrock': {
      const { createBedrockModel } = await import('./bedrock.ts');
      return { model: createBedrockModel(id, baseUrl) };
    }
    case 'openai-compatible': {
      if (!baseUrl)
        throw misconfigured(
          `The model \`${name}\` has no address.`,
          `Set \`baseUrls.openai-compatible\` to where the API of \`${name}\` is and deploy again.`,
        );
      const apiKey = (await access.secrets())[provider];
      const { createOpenAICompatibleModel } = await import('./openai-compatible.ts');
      return { model: createOpenAICompatibleModel(id, baseUrl, apiKey) };
    }
  }
}

function misconfigured(what: string, adminSentence: string): ModelError {
  const sentence = `${what} An administrator has to correct the app’s settings.`;
  return new ModelError({ retryable: false, code: 'model', sentence, adminSentence });
}
