import { expect, test } from 'vitest';
import { useAnthropic } from '../../test/support/anthropic-call.ts';
import { stored } from '../../test/support/history.ts';
import { toolResultMessage } from './messages.ts';

const { replies, call, requests } = useAnthropic();

test('36 a streamed answer over HTTP: key, model, limit and tools go out; text, usage with caches and cost come in', async () => {
  replies.push({
    blocks: [{ type: 'text', text: 'Hello' }],
    usage: { input: 100, output: 20, cacheRead: 1_000, cacheWrite: 200 },
  });
  const { answer } = await call();
  expect(answer).toMatchObject({ text: 'Hello', finishReason: 'stop' });
  expect(answer.usage).toEqual({
    inputTokens: 1_300,
    outputTokens: 20,
    cacheReadTokens: 1_000,
    cacheWriteTokens: 200,
    // 100 at $5, 1,000 read at $0.50, 200 written at $6.25 and 20 out at $25, per million.
    costUsd: 0.00275,
  });
  const [request] = requests();
  expect(request?.headers['x-api-key']).toBe('key-of-the-test');
  expect(request?.body).toMatchObject({
    model: 'claude-opus-4-8',
    max_tokens: 128_000,
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
    tools: [{ name: 'add', description: 'Adds two numbers.' }],
  });
  expect(request?.body).not.toHaveProperty('thinking');
});

test('a missing key is a terminal error that tells the administrator which field to fill', async () => {
  await expect(call({}, { key: '' })).rejects.toMatchObject({
    retryable: false,
    code: 'auth',
    sentence: expect.stringContaining('has no key'),
    adminSentence: expect.stringMatching(/field `anthropic` of the secret .*ProviderSecretArn/),
  });
  expect(requests()).toHaveLength(0);
});

test.each([
  ['claude-opus-4-8', 'high', { type: 'adaptive', display: 'summarized' }, { effort: 'high' }, 128_000],
  ['claude-opus-4-8', 'minimal', { type: 'adaptive', display: 'summarized' }, { effort: 'low' }, 128_000],
  ['claude-opus-4-8', 'none', { type: 'disabled' }, undefined, 128_000],
  ['claude-opus-4-6', 'xhigh', { type: 'adaptive', display: 'summarized' }, { effort: 'max' }, 128_000],
  ['claude-haiku-4-5', 'medium', { type: 'enabled', budget_tokens: 15_000 }, undefined, 50_000],
  ['claude-sonnet-5-5', undefined, { type: 'adaptive', display: 'summarized' }, undefined, 128_000],
  ['claude-sonnet-5-5', 'none', { type: 'adaptive', display: 'summarized' }, { effort: 'low' }, 128_000],
  ['claude-opus-5-5', undefined, { type: 'adaptive', display: 'summarized' }, undefined, 128_000],
  ['claude-unheard-of', 'high', undefined, undefined, undefined],
] as const)('50 %s told to think %s', async (id, effort, thinking, config, limit) => {
  await call({ model: `anthropic/${id}`, ...(effort ? { effort } : {}) });
  const body = requests()[0]?.body;
  expect(body?.thinking).toEqual(thinking);
  expect(body?.output_config).toEqual(config);
  if (limit) expect(body?.max_tokens).toBe(limit);
});

test('reasoning, a tool call, its result and the next answer: signatures go back', async () => {
  replies.push({
    blocks: [
      { type: 'thinking', thinking: 'I should add.', signature: 'signed' },
      { type: 'tool_use', id: 'toolu_1', name: 'add', input: { a: 1, b: 2 } },
    ],
  });
  const first = await call({ effort: 'high' });
  expect(first.answer.toolCalls).toEqual([{ toolCallId: 'toolu_1', toolName: 'add', input: { a: 1, b: 2 } }]);
  expect(first.chunks.map(({ type }) => type)).toEqual([
    'reasoning-start',
    'reasoning-delta',
    'reasoning-end',
  ]);
  expect(JSON.stringify(first.chunks)).not.toContain('signed');
  const result = toolResultMessage([
    { toolCallId: 'toolu_1', toolName: 'add', outcome: { kind: 'output', value: 3 } },
  ]);
  await call({
    effort: 'high',
    step: 1,
    messages: [{ role: 'user', content: 'hi' }, ...stored(...first.answer.messages, result)],
  });
  expect(requests()[1]?.body.messages.slice(1)).toMatchObject([
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'I should add.', signature: 'signed' },
        { type: 'tool_use', id: 'toolu_1', name: 'add', input: { a: 1, b: 2 } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1' }] },
  ]);
});
