import { builtInModels } from './built-in-models.ts';
import type { ReasoningEffort } from './model-choice.ts';
import { type HostedProvider, parseModelName } from './model-name.ts';

/** US dollars per million tokens. */
export interface ModelPrices {
  /** Input that neither came from a cache nor was written to one. */
  input: number;
  output: number;
  cacheRead?: number;
  cacheWrite?: number;
  /** Input tokens of one request up to which these prices hold; what a longer one costs is not known. */
  upToTokens?: number;
}

/** What is known of a model; a field that is absent is not known. */
export interface ModelFacts {
  /** Tokens that a request and its answer may have together. */
  contextTokens: number;
  maxOutputTokens: number;
  prices: ModelPrices;
  /** Whether it reads images, and PDF documents. */
  images: boolean;
  pdf: boolean;
  /** How hard it can be told to think, in the order of `efforts`; empty where it cannot be told. */
  efforts: readonly ReasoningEffort[];
  /** How a Claude model is told: by effort, with a thinking budget that it chooses itself, or by a budget in tokens. */
  thinking: 'adaptive' | 'budget';
  /** Whether its provider searches the web for it. */
  webSearch: boolean;
}

/** Facts by model name, from the settings. */
export type ModelSettings = Readonly<Record<string, Partial<ModelFacts>>>;

/** One row of the built-in table. */
export interface BuiltInModel {
  /** The model's id as its maker names it, without date, version, region or provider. */
  pattern: string;
  providers: readonly (HostedProvider | 'demo')[];
  facts: Partial<ModelFacts>;
}

/**
 * What is known of a model: the built-in row with the longest pattern that fits its name, and over it, field by
 * field, what the settings say under exactly this name.
 *
 * @returns an empty object for a model that nothing is known of
 */
export function modelFactsOf(name: string, models: ModelSettings = {}): Partial<ModelFacts> {
  const parsed = parseModelName(name);
  const id = parsed && ('id' in parsed ? parsed.id : parsed.provider);
  const [row] = builtInModels
    .filter(
      ({ providers, pattern }) => parsed && providers.includes(parsed.provider) && fits(pattern, id ?? ''),
    )
    .toSorted((one, other) => other.pattern.length - one.pattern.length);
  // `hasOwn`: a name may be any text, `constructor` included.
  return { ...row?.facts, ...(Object.hasOwn(models, name) ? models[name] : {}) };
}

/**
 * A model's id may begin with a region and its maker (`eu.anthropic.`) or be the end of an ARN, and end with a date or
 * a version. More words after the pattern are another model.
 */
function fits(pattern: string, id: string): boolean {
  const at = id.lastIndexOf(pattern);
  if (at < 0 || (at > 0 && !'./'.includes(id.charAt(at - 1)))) return false;
  return /^(-\d{8}|-\d{4}-\d{2}-\d{2})?(-v\d+(:\d+)?|:\d+)?$/.test(id.slice(at + pattern.length));
}
