import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { stored } from '../../test/support/history.ts';
import {
  type OpenAIReply,
  type OpenAIRequestBody,
  startOpenAIServer,
} from '../../test/support/openai-server.ts';
import type { WireServer } from '../../test/support/wire-server.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { defineTool } from '../tools/define-tool.ts';
import { createCallModel } from './call-model.ts';
import type { ModelRequest } from './contract.ts';
import { toolResultMessage } from './messages.ts';

let server: WireServer<OpenAIRequestBody>;
let replies: OpenAIReply[];

beforeEach(async () => {
  replies = [];
  server = await startOpenAIServer(
    (index) => replies[index] ?? { items: [{ type: 'text', id: 'msg_x', text: 'no more' }] },
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

async function call(overrides: Partial<ModelRequest> = {}, key = 'key-of-the-test') {
  const chunks: StreamChunk[] = [];
  const callModel = createCallModel({
    now: Date.now,
    baseUrls: { openai: server.baseUrl },
    secrets: async (): Promise<Record<string, string>> => (key ? { openai: key } : {}),
  });
  const answer = await callModel(
    {
      model: 'openai/gpt-6-sol',
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

test('36 a streamed answer over HTTP: nothing is kept at the provider; usage with caches and cost comes in', async () => {
  replies.push({
    items: [{ type: 'text', id: 'msg_1', text: 'Hello' }],
    usage: { input: 1_500, output: 40, cached: 1_000, reasoning: 30 },
  });
  const { answer } = await call();
  expect(answer).toMatchObject({ text: 'Hello', finishReason: 'stop' });
  expect(answer.usage).toEqual({
    inputTokens: 1_500,
    outputTokens: 40,
    cacheReadTokens: 1_000,
    reasoningTokens: 30,
    // 500 at $2, 1,000 read at $0.20 and 40 out at $10, per million.
    costUsd: 0.0016,
  });
  const [request] = server.requests;
  expect(request?.headers.authorization).toBe('Bearer key-of-the-test');
  expect(request?.body).toMatchObject({
    model: 'gpt-6-sol',
    store: false,
    include: ['reasoning.encrypted_content'],
    max_output_tokens: 128_000,
    prompt_cache_key: expect.stringMatching(/^[0-9a-f]{32}$/),
    input: [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
    ],
  });
  expect(request?.body).not.toHaveProperty('reasoning');
});

test('a missing key is a terminal error that tells the administrator which field to fill', async () => {
  await expect(call({}, '')).rejects.toMatchObject({
    retryable: false,
    code: 'auth',
    adminSentence: expect.stringContaining('field `openai`'),
  });
});

test.each([
  ['gpt-6-sol', 'none', { effort: 'none' }],
  ['gpt-6-sol', 'minimal', { effort: 'low' }],
  ['gpt-6.2-sol', 'none', { effort: 'low' }],
  ['gpt-5.4', 'max', { effort: 'xhigh' }],
  ['gpt-unheard-of', 'high', undefined],
] as const)('50 %s told to think %s', async (id, effort, reasoning) => {
  await call({ model: `openai/${id}`, effort });
  expect(server.requests[0]?.body.reasoning).toEqual(reasoning);
});

test('reasoning, a tool call, its result and the next answer: no reference to anything kept there', async () => {
  replies.push({
    items: [
      { type: 'reasoning', id: 'rs_1', encrypted: 'sealed-for-the-provider' },
      { type: 'function_call', id: 'fc_1', callId: 'call_1', name: 'add', arguments: { a: 1, b: 2 } },
    ],
  });
  const first = await call();
  expect(first.answer.toolCalls).toEqual([{ toolCallId: 'call_1', toolName: 'add', input: { a: 1, b: 2 } }]);
  expect(JSON.stringify(first.chunks)).not.toContain('sealed-for-the-provider');
  const result = toolResultMessage([
    { toolCallId: 'call_1', toolName: 'add', outcome: { kind: 'output', value: 3 } },
  ]);
  await call({
    step: 1,
    messages: [{ role: 'user', content: 'hi' }, ...stored(...first.answer.messages, result)],
  });
  const [before, after] = server.requests;
  expect(after?.body.input.slice(2)).toMatchObject([
    { type: 'reasoning', encrypted_content: 'sealed-for-the-provider' },
    { type: 'function_call', call_id: 'call_1', name: 'add', arguments: '{"a":1,"b":2}' },
    { type: 'function_call_output', call_id: 'call_1', output: '3' },
  ]);
  expect(after?.text).not.toMatch(/item_reference|previous_response_id/);
  // 50: the request begins with the one before it, and is sent to the same cache.
  expect(JSON.stringify(after?.body.input.slice(0, 2))).toBe(JSON.stringify(before?.body.input));
  expect(JSON.stringify(after?.body.tools)).toBe(JSON.stringify(before?.body.tools));
  expect(after?.body.prompt_cache_key).toBe(before?.body.prompt_cache_key);
});

describe('K-39 what the provider does not know any more is left out, once, and the conversation goes on', () => {
  const poisoned = {
    role: 'assistant',
    content: [
      {
        type: 'reasoning',
        text: '',
        providerOptions: { openai: { itemId: 'rs_lost', reasoningEncryptedContent: 'sealed' } },
      },
      { type: 'text', text: 'Hello.', providerOptions: { openai: { itemId: 'msg_lost' } } },
    ],
  };
  const messages: ModelRequest['messages'] = [
    { role: 'user', content: 'hi' },
    ...stored(poisoned),
    { role: 'user', content: 'and?' },
  ];
  const persisted = 'Items are not persisted when `store` is set to false.';

  test.each([
    ['an item', 404, { message: `Item with id 'rs_lost' not found. ${persisted}`, code: null }],
    [
      'a response',
      400,
      { message: "Previous response with id 'resp_1' not found.", code: 'previous_response_not_found' },
    ],
    [
      'encrypted reasoning',
      400,
      { message: 'The encrypted content gAAA could not be verified.', code: 'invalid_encrypted_content' },
    ],
  ])('%s', async (_name, status, error) => {
    replies.push({ status, error: { ...error, type: 'invalid_request_error', param: 'input' } });
    replies.push({ items: [{ type: 'text', id: 'msg_2', text: 'All is well.' }] });
    const { answer } = await call({ messages });
    expect(answer.text).toBe('All is well.');
    expect(server.requests).toHaveLength(2);
    expect(server.requests[0]?.text).toContain('rs_lost');
    expect(server.requests[1]?.text).not.toMatch(/_lost|sealed/);
    expect(server.requests[1]?.body.input.slice(1)).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user' },
    ]);
  });

  test('refused again, it is an error after two requests', async () => {
    const refused: OpenAIReply = {
      status: 404,
      error: { message: `Item with id 'rs_lost' not found. ${persisted}`, type: 'invalid_request_error' },
    };
    replies.push(refused, refused, refused);
    await expect(call({ messages })).rejects.toMatchObject({ name: 'ModelError' });
    expect(server.requests).toHaveLength(2);
  });

  test('another refusal is asked once', async () => {
    replies.push({ status: 400, error: { message: 'Unknown parameter.', type: 'invalid_request_error' } });
    await expect(call({ messages })).rejects.toMatchObject({ retryable: false });
    expect(server.requests).toHaveLength(1);
  });
});

test('46 web search by the provider: shown with its sources, in order, and no chunk for the loop', async () => {
  replies.push({
    items: [
      { type: 'web_search', id: 'ws_1', query: 'sluice', urls: ['https://example.com/a'] },
      {
        type: 'text',
        id: 'msg_1',
        text: 'Found.',
        citations: [{ url: 'https://example.com/a', title: 'A page' }],
      },
    ],
  });
  const { answer, chunks } = await call({ webSearch: { allowedDomains: ['example.com'] } });
  expect(server.requests[0]?.body.tools?.[0]).toMatchObject({
    type: 'web_search',
    filters: { allowed_domains: ['example.com'] },
  });
  expect(answer.toolCalls).toEqual([]);
  expect(chunks.filter(({ type }) => !type.startsWith('text'))).toEqual([
    {
      type: 'tool-input-available',
      toolCallId: 'ws_1',
      toolName: 'web_search',
      input: {},
      providerExecuted: true,
    },
    {
      type: 'tool-output-available',
      toolCallId: 'ws_1',
      output: expect.objectContaining({ action: expect.objectContaining({ query: 'sluice' }) }),
      providerExecuted: true,
    },
    { type: 'source-url', sourceId: '0.1-s1', url: 'https://example.com/a', title: 'A page' },
  ]);
  expect(JSON.stringify(answer.messages)).toMatch(/ws_1.*Found\./);
  await call({ step: 1, messages: [{ role: 'user', content: 'hi' }, ...stored(...answer.messages)] });
  expect(server.requests[1]?.body.input.at(-1)).toMatchObject({ role: 'assistant', content: 'Found.' });
});

test('K-11 a 429 is one request, with Retry-After kept', async () => {
  replies.push({
    status: 429,
    headers: { 'retry-after-ms': '1500' },
    error: { message: 'slow down', type: 'requests', code: 'rate_limit_exceeded' },
  });
  await expect(call()).rejects.toMatchObject({
    retryable: true,
    code: 'rate_limit',
    retryAfterMs: 1_500,
  });
  expect(server.requests).toHaveLength(1);
});

test('a failure in the middle of the stream is an error, and the text before it was told', async () => {
  replies.push({
    items: [{ type: 'text', id: 'msg_1', text: 'half' }],
    error: { code: 'server_error', message: 'The server had an error' },
  });
  await expect(call()).rejects.toMatchObject({ retryable: true, code: 'server' });
  expect(server.requests).toHaveLength(1);
});
