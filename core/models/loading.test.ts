import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Runs code in a Node of its own and tells which of these packages it loaded. */
async function packagesLoadedBy(code: string): Promise<string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({
      load(url, context, next) {
        const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(?!.*node_modules)/.exec(url)?.[1];
        if (name) loaded.add(name);
        return next(url, context);
      },
    });
    ${code}
    console.log(JSON.stringify([...loaded]));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: `${import.meta.dirname}/../..`,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]');
}

const heavy = [
  '@ai-sdk/amazon-bedrock',
  '@ai-sdk/openai-compatible',
  '@ai-sdk/anthropic',
  '@ai-sdk/openai',
  'mathjs',
];

test('a demo call with the default agent loads no provider and no mathematics', async () => {
  const loaded = await packagesLoadedBy(`
    const { createCallModel } = await import('./core/models/call-model.ts');
    const { agents } = await import('./agents/index.ts');
    const callModel = createCallModel({ now: Date.now, secrets: async () => ({}) });
    const answer = await callModel({
      model: 'demo/100000', instructions: agents[0].instructions, messages: [{ role: 'user', content: 'what is 1+1' }],
      tools: agents[0].tools, signal: new AbortController().signal, turnId: 't1', step: 0, attempt: 1,
    }, () => {});
    if (answer.toolCalls[0]?.toolName !== 'calculate') throw new Error('the call did not happen');
  `);
  expect(loaded).toContain('ai');
  expect(loaded.filter((name) => heavy.includes(name))).toEqual([]);
});

test.each([
  ['openai-compatible/x', ['@ai-sdk/openai-compatible']],
  ['openai/gpt-6-sol', ['@ai-sdk/openai']],
  ['anthropic/claude-opus-5-5', ['@ai-sdk/anthropic']],
  // Amazon's package speaks to Claude with parts of Anthropic's.
  ['bedrock/amazon.nova-lite-v1:0', ['@ai-sdk/amazon-bedrock', '@ai-sdk/anthropic']],
])('a provider is loaded when one of its models is asked for, and no other: %s', async (name, expected) => {
  const loaded = await packagesLoadedBy(`
    const { resolveModel } = await import('./core/models/resolve-model.ts');
    await resolveModel('${name}', {
      baseUrls: { 'openai-compatible': 'http://127.0.0.1:1' },
      secrets: async () => ({ anthropic: 'k', openai: 'k' }),
    });
  `);
  expect(loaded.filter((name) => heavy.includes(name)).sort()).toEqual(expected);
});
