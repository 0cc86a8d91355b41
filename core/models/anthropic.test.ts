import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AnthropicReply,
  type AnthropicRequestBody,
  startAnthropicServer,
} from '../../test/support/anthropic-server.ts';
import type { WireServer } from '../../test/support/wire-server.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { defineTool } from '../tools/define-tool.ts';
import { createCallModel } from './call-model.ts';
import type { ModelRequest } from './contract.ts';
import { toModelMessages, toolResultMessage } from './messages.ts';

let server: WireServer<AnthropicRequestBody>;
let replies: AnthropicReply[];

beforeEach(async () => {
  replies = [];
  server = await startAnthropicServer(
    (index) => replies[index] ?? { blocks: [{ type: 'text', text: 'no more' }] },
  );
});
afterEach(() => server.close());

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  input: z.object({ a: z.number(), b: z.number() }),
  effect: 'read',
  run: async ({ a, b }) => a + b,
});

async function call(
  overrides: Partial<ModelRequest> = {},
  { key = 'key-of-the-test', chunks = [] as StreamChunk[] } = {},
) {
  const callModel = createCallModel({
    now: Date.now,
    baseUrls: { anthropic: server.baseUrl },
    secrets: async (): Promise<Record<string, string>> => (key ? { anthropic: key } : {}),
  });
  const answer = await callModel(
    {
      model: 'anthropic/claude-opus-4-8',
      instructions: 'Be brief.',
      messages: [{ role: 'user', content: 'hi' }],
      tools: [add],
      signal: new AbortController().signal,
      turnId: 't1',
      step: 0,
      attempt: 1,
      ...overrides,
    },
    (chunk) => chunks.push(chunk),
  );
  return { answer, chunks };
}

/** What a session stores of an answer, as the next step reads it. */
function stored(...messages: unknown[]) {
  const records = messages.map((message, seq) => ({
    v: 1 as const,
    sessionId: 's',
    turnId: 't',
    seq,
    role: 'assistant' as const,
    message: JSON.parse(JSON.stringify(message)) as unknown,
    at: 0,
  }));
  return toModelMessages(records);
}

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
  const [request] = server.requests;
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
  expect(server.requests).toHaveLength(0);
});

test.each([
  ['claude-opus-4-8', 'high', { type: 'adaptive', display: 'summarized' }, { effort: 'high' }, 128_000],
  ['claude-opus-4-8', 'minimal', { type: 'adaptive', display: 'summarized' }, { effort: 'low' }, 128_000],
  ['claude-opus-4-8', 'none', { type: 'disabled' }, undefined, 128_000],
  ['claude-opus-4-6', 'xhigh', { type: 'adaptive', display: 'summarized' }, { effort: 'max' }, 128_000],
  ['claude-haiku-4-5', 'medium', { type: 'enabled', budget_tokens: 15_000 }, undefined, 50_000],
  ['claude-opus-5-5', undefined, { type: 'adaptive', display: 'summarized' }, undefined, 128_000],
  ['claude-unheard-of', 'high', undefined, undefined, undefined],
] as const)('50 %s told to think %s', async (id, effort, thinking, config, limit) => {
  await call({ model: `anthropic/${id}`, ...(effort ? { effort } : {}) });
  const body = server.requests[0]?.body;
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
  expect(server.requests[1]?.body.messages.slice(1)).toMatchObject([
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

describe('prompt caching', () => {
  const withoutMarks = (value: unknown): string =>
    JSON.stringify(value, (key, inner) => (key === 'cache_control' ? undefined : inner));

  test('50 each request begins with the one before it, byte for byte, and its entry is marked where that one ended', async () => {
    const messages: ModelRequest['messages'] = [{ role: 'user', content: 'Add up, please.' }];
    for (let step = 0; step < 4; step++) {
      // More calls than the twenty blocks that Anthropic looks back by itself.
      const ids = Array.from({ length: 24 }, (_, index) => `toolu_${step}_${index}`);
      replies.push({
        blocks: ids.map((id) => ({ type: 'tool_use' as const, id, name: 'add', input: { a: step, b: 1 } })),
      });
      const { answer } = await call({ step, messages });
      const outcome = { kind: 'output' as const, value: { sum: step + 1, text: 'ünï' } };
      messages.push(
        ...stored(
          ...answer.messages,
          toolResultMessage(ids.map((toolCallId) => ({ toolCallId, toolName: 'add', outcome }))),
        ),
      );
    }
    for (const [index, request] of server.requests.entries()) {
      const { system, tools, messages: sent } = request.body;
      const blocks = sent.flatMap(({ content }) => content);
      const marked = blocks.flatMap((block, place) => (block.cache_control ? [place] : []));
      expect(marked).toContain(blocks.length - 1);
      expect(marked.length + 1).toBeLessThanOrEqual(4);
      const next = server.requests[index + 1]?.body;
      if (!next) break;
      expect(withoutMarks([next.system, next.tools])).toBe(withoutMarks([system, tools]));
      expect(withoutMarks(next.messages.slice(0, sent.length))).toBe(withoutMarks(sent));
      const nextBlocks = next.messages.flatMap(({ content }) => content);
      expect(nextBlocks[blocks.length - 1]).toHaveProperty('cache_control');
    }
  });
});

describe('web search by the provider', () => {
  const searched: AnthropicReply = {
    blocks: [
      { type: 'text', text: 'I look it up.' },
      { type: 'search', id: 'srvtoolu_1', query: 'sluice' },
      {
        type: 'search_result',
        id: 'srvtoolu_1',
        pages: [{ url: 'https://example.com/a', title: 'A page', secret: 'sealed-for-the-provider' }],
      },
      {
        type: 'text',
        text: 'Found.',
        citations: [
          { url: 'https://example.com/a', title: 'A page' },
          { url: 'https://example.com/a', title: 'A page' },
        ],
      },
      { type: 'tool_use', id: 'toolu_1', name: 'add', input: { a: 1, b: 2 } },
    ],
  };

  test('46 K-12 it is shown as it happens, kept in order in the message, and goes back as it came', async () => {
    replies.push(searched);
    const { answer, chunks } = await call({ webSearch: { blockedDomains: ['example.org'] } });
    expect(server.requests[0]?.body.tools?.[0]).toEqual({
      type: 'web_search_20250305',
      name: 'web_search',
      max_uses: 5,
      blocked_domains: ['example.org'],
    });
    expect(chunks.map((chunk) => chunk.type).filter((type) => !type.startsWith('text'))).toEqual([
      'tool-input-available',
      'tool-output-available',
      'source-url',
    ]);
    expect(chunks).toContainEqual({
      type: 'tool-input-available',
      toolCallId: 'srvtoolu_1',
      toolName: 'web_search',
      input: { query: 'sluice' },
      providerExecuted: true,
    });
    expect(chunks).toContainEqual({
      type: 'source-url',
      sourceId: '0.1-s1',
      url: 'https://example.com/a',
      title: 'A page',
    });
    expect(JSON.stringify(chunks)).not.toMatch(/sealed-for-the-provider|index-only-for-the-provider/);
    // Only ours are the loop's to run.
    expect(answer.toolCalls).toEqual([{ toolCallId: 'toolu_1', toolName: 'add', input: { a: 1, b: 2 } }]);

    const result = toolResultMessage([
      { toolCallId: 'toolu_1', toolName: 'add', outcome: { kind: 'output', value: 3 } },
    ]);
    await call({
      step: 1,
      webSearch: {},
      messages: [{ role: 'user', content: 'hi' }, ...stored(...answer.messages, result)],
    });
    expect(server.requests[1]?.body.messages[1]?.content).toMatchObject([
      { type: 'text', text: 'I look it up.' },
      { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'sluice' } },
      {
        type: 'web_search_tool_result',
        tool_use_id: 'srvtoolu_1',
        content: [{ url: 'https://example.com/a', encrypted_content: 'sealed-for-the-provider' }],
      },
      { type: 'text', text: 'Found.' },
      { type: 'tool_use', id: 'toolu_1' },
    ]);
  });

  test('46 a search that fails is shown as failed, and the answer goes on', async () => {
    replies.push({
      blocks: [
        { type: 'search', id: 'srvtoolu_1', query: 'sluice' },
        { type: 'search_error', id: 'srvtoolu_1', code: 'max_uses_exceeded' },
        { type: 'text', text: 'I could not look.' },
      ],
    });
    const { answer, chunks } = await call({ webSearch: {} });
    expect(answer.text).toBe('I could not look.');
    expect(chunks[1]).toEqual({
      type: 'tool-output-error',
      toolCallId: 'srvtoolu_1',
      errorText: expect.stringContaining('max_uses_exceeded'),
    });
  });

  test('46 a search without a result when the stream breaks is closed', async () => {
    replies.push({
      blocks: [{ type: 'search', id: 'srvtoolu_1', query: 'sluice' }],
      error: { type: 'overloaded_error', message: 'Overloaded' },
    });
    const chunks: StreamChunk[] = [];
    await expect(call({ webSearch: {} }, { chunks })).rejects.toMatchObject({ retryable: true });
    expect(chunks.map(({ type }) => type)).toEqual(['tool-input-available', 'tool-output-error']);
  });

  test.each([
    ['a model that nothing is known of', { model: 'anthropic/claude-unheard-of', webSearch: {} }],
    ['nobody allowed it', {}],
  ])('no search: %s', async (_name, overrides) => {
    await call(overrides);
    expect(server.requests[0]?.body.tools?.map(({ name }) => name)).toEqual(['add']);
  });
});

test('K-11 a 429 is one request, with Retry-After kept', async () => {
  replies.push({
    status: 429,
    headers: { 'retry-after': '12' },
    error: { type: 'rate_limit_error', message: 'slow down' },
  });
  await expect(call()).rejects.toMatchObject({
    retryable: true,
    code: 'rate_limit',
    retryAfterMs: 12_000,
  });
  expect(server.requests).toHaveLength(1);
});

test('an overload in the middle of the stream keeps what was shown and asks nobody again', async () => {
  replies.push({
    blocks: [{ type: 'text', text: 'half' }],
    error: { type: 'overloaded_error', message: 'Overloaded' },
  });
  const chunks: StreamChunk[] = [];
  await expect(call({}, { chunks })).rejects.toMatchObject({ retryable: true, code: 'overloaded' });
  expect(chunks.map(({ type }) => type)).toEqual(['text-start', 'text-delta', 'text-end']);
  expect(server.requests).toHaveLength(1);
});

test('K-39 a signature that the provider refuses is left out, once, and the conversation goes on', async () => {
  replies.push({
    status: 400,
    error: {
      type: 'invalid_request_error',
      message: 'messages.1.content.0: Invalid `signature` in `thinking` block',
    },
  });
  replies.push({ blocks: [{ type: 'text', text: 'All is well.' }] });
  const signed = {
    role: 'assistant',
    content: [
      { type: 'reasoning', text: 'hm', providerOptions: { anthropic: { signature: 'of another account' } } },
      { type: 'text', text: 'Hello.' },
    ],
  };
  const { answer } = await call({
    effort: 'high',
    messages: [{ role: 'user', content: 'hi' }, ...stored(signed), { role: 'user', content: 'and?' }],
  });
  expect(answer.text).toBe('All is well.');
  expect(server.requests[0]?.text).toContain('of another account');
  expect(server.requests[1]?.text).not.toContain('of another account');
  expect(server.requests[1]?.body.messages.map(({ content }) => content[0]?.text)).toEqual([
    'hi',
    'Hello.',
    'and?',
  ]);
});
