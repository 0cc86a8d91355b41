import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { bundleInto } from './bundle.ts';

const directory = mkdtempSync(join(tmpdir(), 'sluice-loading-'));

beforeAll(() => bundleInto(directory, { entry: join(import.meta.dirname, '..', 'bench', 'model-layer.ts') }));

/**
 * Finds a model with the bundled model layer in a Node of its own, and tells which providers' code it read, by the
 * source maps of the files that it loaded.
 */
async function providersReadBy(model: string): Promise<string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { resolveModel } = await import('${join(directory, 'handler.mjs')}');
    await resolveModel('${model}', {
      baseUrls: { 'openai-compatible': 'http://127.0.0.1:1' },
      secrets: async () => ({ anthropic: 'k', openai: 'k' }),
    });
    console.log(JSON.stringify(loaded));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const loaded: string[] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]');
  const files = loaded.filter((url) => url.startsWith(`file://${directory}/`)).map((url) => url.slice(7));
  const sources = files.flatMap(
    (file) => (JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] }).sources,
  );
  // Where each package makes its provider: what several of them share may lie in a file of its own.
  const models = {
    anthropic: '@ai-sdk/anthropic/src/anthropic-provider.ts',
    openai: '@ai-sdk/openai/src/openai-provider.ts',
    bedrock: '@ai-sdk/amazon-bedrock/src/amazon-bedrock-provider.ts',
    'openai-compatible': '@ai-sdk/openai-compatible/src/openai-compatible-provider.ts',
  };
  return Object.entries(models)
    .filter(([, file]) => sources.some((source) => source.endsWith(file)))
    .map(([provider]) => provider);
}

test.each([
  ['demo/1000000', []],
  ['anthropic/claude-opus-5-5', ['anthropic']],
  ['openai/gpt-6-sol', ['openai']],
  ['bedrock/amazon.nova-lite-v1:0', ['bedrock']],
  ['openai-compatible/x', ['openai-compatible']],
])('36 in a bundle, %s reads the code of %j', async (model, expected) => {
  expect(await providersReadBy(model)).toEqual(expected);
});
