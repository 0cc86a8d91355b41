import { ModelError } from './contract.ts';
import type { HostedProvider } from './model-name.ts';

/** The provider secret's fields. */
export type Secrets = () => Promise<Record<string, string>>;

/**
 * A provider's API key.
 *
 * @param name the model's, for sentences
 * @throws ModelError, terminal, where there is none; whatever reading the secret throws
 */
export async function providerKey(name: string, provider: HostedProvider, secrets: Secrets): Promise<string> {
  const key = (await secrets())[provider];
  if (key) return key;
  throw new ModelError({
    retryable: false,
    code: 'auth',
    sentence: `The model \`${name}\` has no key to use it with. An administrator has to put it in.`,
    adminSentence: `The model \`${name}\` needs an API key: fill the field \`${provider}\` of the secret that the stack’s output ProviderSecretArn names. Where it is filled already, the function may not read it: name the model in \`model\`, \`overrides\` or \`extraModels\` and deploy again.`,
  });
}
