import { expect, test } from 'vitest';
import { readRuntimeSettings } from './settings.ts';

test('settings of an earlier deploy: what they lack has a default, the old name of an address counts', () => {
  expect(
    readRuntimeSettings('{"model":"openai-compatible/x","modelBaseUrl":"https://old.example/v1"}'),
  ).toMatchObject({
    model: 'openai-compatible/x',
    baseUrls: { 'openai-compatible': 'https://old.example/v1' },
    models: {},
    overrides: [],
    displays: [],
  });
});

test('models, overrides and addresses come as they were deployed', () => {
  const settings = {
    model: 'demo',
    titleModel: 'openai/gpt-6-luna',
    compactionModel: 'anthropic/claude-sonnet-5-5',
    baseUrls: { openai: 'https://gateway.example/v1' },
    models: { demo: { contextTokens: 9 } },
    overrides: [{ person: 'U1', model: 'demo/9', effort: 'low' }],
    displays: [{ channel: 'C1', surface: 'final', footer: [] }],
  };
  expect(readRuntimeSettings(JSON.stringify(settings))).toMatchObject(settings);
  expect(readRuntimeSettings('{}')).not.toHaveProperty('titleModel');
});
