import { expect, test } from 'vitest';
import type { ReasoningEffort } from './model-choice.ts';
import { parseModelName } from './model-name.ts';
import { modelFactsOf } from './model-table.ts';
import { callSettings, nearestEffort } from './provider-options.ts';

test.each<[ReasoningEffort, string, ReasoningEffort | undefined]>([
  ['high', 'low medium high', 'high'],
  ['max', 'low medium high', 'high'],
  ['minimal', 'none low medium', 'low'],
  ['none', 'low medium', 'low'],
  ['none', 'none low', 'none'],
  ['xhigh', 'low medium high max', 'max'],
  ['low', 'none', undefined],
  ['low', '', undefined],
])('50 nearestEffort: %s of %s', (asked, known, expected) => {
  expect(nearestEffort(asked, known.split(' ').filter(Boolean) as ReasoningEffort[])).toBe(expected);
});

function settings(name: string, effort?: ReasoningEffort, models = {}) {
  const model = parseModelName(name);
  if (!model) throw new Error(name);
  return callSettings(model, modelFactsOf(name, models), {
    instructions: 'x',
    ...(effort ? { effort } : {}),
  });
}

test('an answer may take a quarter of the context at most, thinking included', () => {
  expect(settings('anthropic/claude-haiku-4-5').maxOutputTokens).toBe(50_000);
  expect(settings('anthropic/claude-haiku-4-5', 'high')).toMatchObject({
    maxOutputTokens: 20_000,
    providerOptions: { anthropic: { thinking: { budgetTokens: 30_000 } } },
  });
  expect(settings('anthropic/claude-opus-5-5').maxOutputTokens).toBe(128_000);
  expect(settings('openai-compatible/x')).not.toHaveProperty('maxOutputTokens');
});

test.each([
  ['bedrock/amazon.nova-2-lite-v1:0', { type: 'enabled', maxReasoningEffort: 'high' }],
  ['bedrock/openai.gpt-oss-120b-1:0', { maxReasoningEffort: 'high' }],
])('50 an effort that only the settings know: %s', (name, reasoningConfig) => {
  const models = { [name]: { efforts: ['low', 'medium', 'high'] } };
  expect(settings(name, 'max', models).providerOptions).toEqual({ bedrock: { reasoningConfig } });
  expect(settings(name, undefined, models).providerOptions).toEqual({ bedrock: {} });
  expect(settings(name, 'max').providerOptions).toEqual({ bedrock: {} });
});

test('50 adaptive thinking on Bedrock', () => {
  const { providerOptions } = settings('bedrock/global.anthropic.claude-opus-4-8', 'max');
  expect(providerOptions.bedrock).toEqual({
    reasoningConfig: { type: 'adaptive', display: 'summarized', maxReasoningEffort: 'max' },
  });
});

test('50 an openai-compatible model is told an effort where the settings know that it takes one', () => {
  const models = { 'openai-compatible/x': { efforts: ['low', 'high'] } };
  expect(settings('openai-compatible/x', 'medium', models).providerOptions).toEqual({
    'openai-compatible': { reasoningEffort: 'high' },
  });
  expect(settings('openai-compatible/x', 'medium').providerOptions).toEqual({ 'openai-compatible': {} });
});
