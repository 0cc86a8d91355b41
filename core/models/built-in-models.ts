import type { ReasoningEffort } from './model-choice.ts';
import type { BuiltInModel, ModelFacts, ModelPrices } from './model-table.ts';

/*
 * Sources, read in November 2026; what they do not say is left out.
 * Claude: the pages "Models overview", "Pricing" and each model's own page of the Claude Platform docs, which gives
 * context and output once for all platforms that it names, Bedrock among them; maximum output and kinds of thinking
 * also in @ai-sdk/anthropic 4.0.68 (getModelCapabilities). Amazon's prices differ by region and endpoint, so Bedrock
 * rows have none.
 * OpenAI: each model's own page and the pages "Pricing", "Reasoning models" and "File inputs" (PDF: every model with
 * vision) of the OpenAI API docs. Their prices hold up to 272,000 input tokens.
 */

const million = 1_000_000;
const effortsOf = (words: string) => words.split(' ') as ReasoningEffort[];

const claude = (
  pattern: string,
  facts: Pick<ModelFacts, 'contextTokens' | 'maxOutputTokens' | 'efforts' | 'thinking'>,
  prices?: ModelPrices,
): BuiltInModel[] => {
  const known = { ...facts, images: true, pdf: true };
  return [
    {
      pattern,
      providers: ['anthropic'],
      facts: { ...known, webSearch: true, ...(prices ? { prices } : {}) },
    },
    // Converse offers no web search of Anthropic's.
    { pattern, providers: ['bedrock'], facts: { ...known, webSearch: false } },
  ];
};

const large = { contextTokens: million, maxOutputTokens: 128_000, thinking: 'adaptive' } as const;
const small = { contextTokens: 200_000, maxOutputTokens: 64_000, thinking: 'budget' } as const;
/** Thinking cannot be switched off: `disabled` is refused. */
const alwaysThinking = { ...large, efforts: effortsOf('low medium high xhigh max') };
const fromNone = { ...large, efforts: effortsOf('none low medium high xhigh max') };
const withoutXhigh = { ...large, efforts: effortsOf('none low medium high max') };
const opusPrices = { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 };
const sonnet4Prices = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };

const openai = (
  pattern: string,
  efforts: string,
  prices?: Omit<ModelPrices, 'upToTokens'>,
): BuiltInModel => ({
  pattern,
  providers: ['openai'],
  facts: {
    contextTokens: 1_050_000,
    maxOutputTokens: 128_000,
    efforts: effortsOf(efforts),
    images: true,
    pdf: true,
    webSearch: true,
    ...(prices ? { prices: { ...prices, upToTokens: 272_000 } } : {}),
  },
});

/** What is known of models without any setting. */
export const builtInModels: readonly BuiltInModel[] = [
  {
    pattern: 'demo',
    providers: ['demo'],
    facts: {
      // Chosen, not measured: the script reads its last messages only.
      contextTokens: 200_000,
      efforts: [],
      // It tells what it was given, whatever that is.
      images: true,
      pdf: true,
      webSearch: false,
      prices: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    },
  },
  ...claude('claude-fable-5-1', alwaysThinking, { input: 10, output: 50, cacheRead: 0.25, cacheWrite: 12.5 }),
  ...claude('claude-fable-5', alwaysThinking, { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 }),
  ...claude('claude-opus-5-5', alwaysThinking, { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 }),
  ...claude('claude-opus-5', fromNone, opusPrices),
  ...claude('claude-opus-4-8', fromNone, opusPrices),
  ...claude('claude-opus-4-7', fromNone, opusPrices),
  ...claude('claude-opus-4-6', withoutXhigh, opusPrices),
  ...claude('claude-opus-4-5', { ...small, efforts: effortsOf('none low medium high') }, opusPrices),
  // Cache reads cost 0.20 until October 7, 2026.
  ...claude('claude-sonnet-5-5', alwaysThinking, { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 }),
  ...claude('claude-sonnet-5', fromNone, { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 }),
  ...claude('claude-sonnet-4-6', withoutXhigh, sonnet4Prices),
  ...claude('claude-sonnet-4-5', { ...small, efforts: effortsOf('none low medium high') }, sonnet4Prices),
  ...claude('claude-haiku-5-5', alwaysThinking, {
    input: 0.1,
    output: 0.5,
    cacheRead: 0.01,
    cacheWrite: 0.125,
    upToTokens: 100_000,
  }),
  ...claude(
    'claude-haiku-4-5',
    { ...small, efforts: effortsOf('none low medium high') },
    { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
  ),
  // Cached input of gpt-6.2-astra is not known.
  openai('gpt-6.2-astra', 'low medium high xhigh max', { input: 8, output: 40 }),
  openai('gpt-6.2-sol', 'low medium high xhigh max', {
    input: 2,
    output: 10,
    cacheRead: 0.1,
    cacheWrite: 2.5,
  }),
  openai('gpt-6.1-sol', 'low medium high xhigh max', { input: 2, output: 10, cacheRead: 0.1 }),
  openai('gpt-6-astra', 'low medium high xhigh max', {
    input: 10,
    output: 50,
    cacheRead: 1,
    cacheWrite: 12.5,
  }),
  openai('gpt-6-sol', 'none low medium high xhigh max', {
    input: 2,
    output: 10,
    cacheRead: 0.2,
    cacheWrite: 2.5,
  }),
  openai('gpt-6-luna', 'none low medium high xhigh max', {
    input: 0.1,
    output: 0.5,
    cacheRead: 0.01,
    cacheWrite: 0.125,
  }),
  openai('gpt-5.5', 'none low medium high xhigh'),
  openai('gpt-5.4', 'none low medium high xhigh', { input: 2.5, output: 15, cacheRead: 0.25 }),
];
