/** Providers whose models are reached over the network; each has a file of its own that is loaded when it is used. */
export const hostedProviders = ['anthropic', 'openai', 'bedrock', 'openai-compatible'] as const;
export type HostedProvider = (typeof hostedProviders)[number];

/** A model's name, taken apart. */
export type ModelName =
  | { provider: 'demo'; charsPerSecond: number }
  | { provider: HostedProvider; id: string };

/** How models are named, for sentences: `… must be ${modelNameForms}`. */
export const modelNameForms = `\`demo\` (or \`demo/<characters per second>\`), ${hostedProviders
  .map((provider) => `\`${provider}/<model id>\``)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' or ')}`;

/** What a person reads comfortably as it appears. */
const DEMO_CHARS_PER_SECOND = 60;

/**
 * Reads `demo`, `demo/<characters per second>` or `<provider>/<id>`; ids may hold slashes.
 *
 * @returns undefined for anything else
 */
export function parseModelName(name: string): ModelName | undefined {
  const demo = /^demo(?:\/([1-9]\d{0,6}))?$/.exec(name);
  if (demo) return { provider: 'demo', charsPerSecond: Number(demo[1] ?? DEMO_CHARS_PER_SECOND) };
  const provider = hostedProviders.find((candidate) => name.startsWith(`${candidate}/`));
  const id = provider && name.slice(provider.length + 1);
  return id && /^\S+$/.test(id) ? { provider, id } : undefined;
}

/** Providers that want an API key; `openai-compatible` servers may go without one, Bedrock uses the function's role. */
const keyed: readonly string[] = ['anthropic', 'openai', 'openai-compatible'];

/** The field of the provider secret that holds a model's key; undefined where none is read. */
export function keyFieldOf(name: string): HostedProvider | undefined {
  const provider = parseModelName(name)?.provider;
  return provider && provider !== 'demo' && keyed.includes(provider) ? provider : undefined;
}
