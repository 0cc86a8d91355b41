import { expect, test } from 'vitest';
import { builtInModels } from './built-in-models.ts';
import { modelFactsOf } from './model-table.ts';

test.each([
  ['anthropic/claude-opus-5', 5],
  ['anthropic/claude-opus-5-5', 4],
  ['anthropic/claude-opus-4-5-20251101', 5],
  ['anthropic/claude-haiku-4-5-20251001', 1],
  ['openai/gpt-6-sol', 2],
  ['openai/gpt-6-sol-2026-09-22', 2],
])('81 %s is known by its own row', (name, input) => {
  expect(modelFactsOf(name).prices?.input).toBe(input);
});

test.each([
  ['anthropic/claude-opus-5-9'],
  ['anthropic/claude-opus-50'],
  ['anthropic/my-claude-opus-5'],
  ['openai/gpt-6-sol-mini'],
  ['openai/claude-opus-5'],
  ['openai-compatible/claude-opus-5'],
  ['nonsense'],
  ['constructor'],
])('nothing is known of %s', (name) => {
  expect(modelFactsOf(name)).toEqual({});
});

test.each([
  ['bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['bedrock/global.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  [
    'bedrock/arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  ['bedrock/arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0'],
])('%s is the model that it names, without prices', (name) => {
  expect(modelFactsOf(name)).toMatchObject({ contextTokens: 200_000, images: true, webSearch: false });
  expect(modelFactsOf(name)).not.toHaveProperty('prices');
});

test('settings replace single facts of exactly the model that they name, and tell of models unheard of', () => {
  const models = {
    'anthropic/claude-opus-5': { contextTokens: 300_000 },
    'openai-compatible/tiny': { contextTokens: 8_000 },
  };
  expect(modelFactsOf('anthropic/claude-opus-5', models)).toMatchObject({
    contextTokens: 300_000,
    maxOutputTokens: 128_000,
  });
  expect(modelFactsOf('anthropic/claude-opus-4-8', models).contextTokens).toBe(1_000_000);
  expect(modelFactsOf('openai-compatible/tiny', models)).toEqual({ contextTokens: 8_000 });
});

test('each row is reachable by its own name', () => {
  for (const { pattern, providers, facts } of builtInModels)
    for (const provider of providers)
      expect(modelFactsOf(provider === 'demo' ? 'demo' : `${provider}/${pattern}`)).toEqual(facts);
});
