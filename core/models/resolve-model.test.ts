import { expect, test } from 'vitest';
import { keyFieldOf, modelNameForms, parseModelName } from './model-name.ts';
import { resolveModel } from './resolve-model.ts';

const secrets = async () => ({ anthropic: 'k', openai: 'k' });

test.each([
  ['demo', { provider: 'demo', charsPerSecond: 60 }],
  ['demo/2000', { provider: 'demo', charsPerSecond: 2000 }],
  ['anthropic/claude-opus-5-5', { provider: 'anthropic', id: 'claude-opus-5-5' }],
  ['openai/gpt-6-sol', { provider: 'openai', id: 'gpt-6-sol' }],
  [
    'bedrock/anthropic.claude-sonnet-4-5-v1:0',
    { provider: 'bedrock', id: 'anthropic.claude-sonnet-4-5-v1:0' },
  ],
  ['openai-compatible/org/model', { provider: 'openai-compatible', id: 'org/model' }],
  ['demo/0', undefined],
  ['demo/fast', undefined],
  ['bedrock/', undefined],
  ['anthropic/two words', undefined],
  ['gpt-4', undefined],
  ['', undefined],
])('parseModelName: %s', (name, expected) => {
  expect(parseModelName(name)).toEqual(expected);
});

test('every provider is named where names are explained', () => {
  for (const name of ['demo', 'anthropic/', 'openai/', 'bedrock/', 'openai-compatible/'])
    expect(modelNameForms).toContain(`\`${name}`);
});

test.each([
  ['anthropic/x', 'anthropic'],
  ['openai/x', 'openai'],
  ['openai-compatible/x', 'openai-compatible'],
  ['bedrock/x', undefined],
  ['demo', undefined],
  ['nonsense', undefined],
])('keyFieldOf: %s', (name, field) => {
  expect(keyFieldOf(name)).toBe(field);
});

test.each([
  ['gpt-4', 'There is no model `gpt-4`.', 'A model must be `demo`'],
  ['openai-compatible/x', 'has no address.', 'Set `baseUrls.openai-compatible`'],
])(
  'a model that cannot be had: people are told what, administrators what to do: %s',
  async (name, ...told) => {
    const [sentence, adminSentence] = told;
    await expect(resolveModel(name, { secrets })).rejects.toMatchObject({
      retryable: false,
      code: 'model',
      sentence: expect.stringContaining(sentence ?? ''),
      adminSentence: expect.stringContaining(adminSentence ?? ''),
    });
  },
);

test.each([
  ['demo/500', 'demo', 'demo/500'],
  ['bedrock/amazon.nova-lite-v1:0', 'amazon-bedrock', 'amazon.nova-lite-v1:0'],
  ['openai-compatible/some', 'openai-compatible.chat', 'some'],
  ['anthropic/claude-opus-5-5', 'anthropic.messages', 'claude-opus-5-5'],
  ['openai/gpt-6-sol', 'openai.responses', 'gpt-6-sol'],
])('%s is found', async (name, provider, modelId) => {
  const { model } = await resolveModel(name, {
    secrets,
    baseUrls: { 'openai-compatible': 'http://127.0.0.1:1/v1' },
  });
  expect(model).toMatchObject({ provider, modelId });
});
