import { expect, test } from 'vitest';
import { parseModelName } from './model-name.ts';
import { resolveModel } from './resolve-model.ts';

const secrets = async () => ({});

test.each([
  ['demo', { provider: 'demo', charsPerSecond: 60 }],
  ['demo/2000', { provider: 'demo', charsPerSecond: 2000 }],
  [
    'bedrock/anthropic.claude-sonnet-4-5-v1:0',
    { provider: 'bedrock', id: 'anthropic.claude-sonnet-4-5-v1:0' },
  ],
  ['openai-compatible/org/model', { provider: 'openai-compatible', id: 'org/model' }],
  ['demo/0', undefined],
  ['demo/fast', undefined],
  ['bedrock/', undefined],
  ['gpt-4', undefined],
  ['', undefined],
])('parseModelName: %s', (name, expected) => {
  expect(parseModelName(name)).toEqual(expected);
});

test.each([
  ['gpt-4', {}, 'There is no model `gpt-4`. An administrator can set `model`'],
  ['openai-compatible/x', {}, 'has no address. An administrator can set `modelBaseUrl`'],
])('a model that cannot be had says what an administrator can do: %s', async (name, access, sentence) => {
  await expect(resolveModel(name, { secrets, ...access })).rejects.toMatchObject({
    retryable: false,
    code: 'model',
    sentence: expect.stringContaining(sentence),
  });
});

test.each([
  ['demo/500', 'demo', 'demo/500'],
  ['bedrock/amazon.nova-lite-v1:0', 'amazon-bedrock', 'amazon.nova-lite-v1:0'],
  ['openai-compatible/some', 'openai-compatible.chat', 'some'],
])('%s is found', async (name, provider, modelId) => {
  const model = await resolveModel(name, { secrets, modelBaseUrl: 'http://127.0.0.1:1/v1' });
  expect(model).toMatchObject({ provider, modelId });
});
