/** A model's name, taken apart. */
export type ModelName =
  | { provider: 'demo'; charsPerSecond: number }
  | { provider: 'bedrock' | 'openai-compatible'; id: string };

/** What a person reads comfortably as it appears. */
const DEMO_CHARS_PER_SECOND = 60;

/**
 * Reads `demo`, `demo/<characters per second>`, `bedrock/<id>` or `openai-compatible/<id>`; ids may hold slashes.
 *
 * @returns undefined for anything else
 */
export function parseModelName(name: string): ModelName | undefined {
  const demo = /^demo(?:\/([1-9]\d{0,6}))?$/.exec(name);
  if (demo) return { provider: 'demo', charsPerSecond: Number(demo[1] ?? DEMO_CHARS_PER_SECOND) };
  const hosted = /^(bedrock|openai-compatible)\/(\S+)$/.exec(name);
  const [, provider, id] = hosted ?? [];
  if (!id || (provider !== 'bedrock' && provider !== 'openai-compatible')) return undefined;
  return { provider, id };
}
