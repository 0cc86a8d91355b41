import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { eventStreamFrame } from '../../test/support/event-stream.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { defineTool } from '../tools/define-tool.ts';
import { createCallModel } from './call-model.ts';
import type { ModelRequest } from './contract.ts';

interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: string | Buffer;
}

let server: Server;
let reply: Reply;
let received: { url: string; headers: IncomingHttpHeaders; body: string }[];

beforeEach(async () => {
  received = [];
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    received.push({
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
    });
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', undefined);
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', undefined);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session-token-of-the-function');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
});

const add = defineTool({
  name: 'add',
  description: 'Adds.',
  input: z.object({ a: z.number() }),
  effect: 'read',
  run: async ({ a }) => a,
});

async function call(overrides: Partial<ModelRequest> = {}) {
  const chunks: StreamChunk[] = [];
  const callModel = createCallModel({
    now: Date.now,
    secrets: () => Promise.reject(new Error('no key is needed')),
  });
  const settled = await callModel(
    {
      model: 'bedrock/amazon.nova-lite-v1:0',
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
  ).then(
    (answer) => ({ answer, error: undefined }),
    (error: unknown) => ({ answer: undefined, error }),
  );
  return { ...settled, chunks };
}

function stream(...frames: Buffer[]): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream' },
    body: Buffer.concat(frames),
  };
}

const start = eventStreamFrame('messageStart', { role: 'assistant' });
const text = (words: string) =>
  eventStreamFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: words } });
const end = (stopReason: string) => eventStreamFrame('messageStop', { stopReason });
const usage = eventStreamFrame('metadata', { usage: { inputTokens: 9, outputTokens: 4, totalTokens: 13 } });

test('an answer of ConverseStream, asked for with the function’s own credentials and region', async () => {
  reply = stream(
    start,
    text('Hello '),
    text('there'),
    eventStreamFrame('contentBlockStop', { contentBlockIndex: 0 }),
    end('end_turn'),
    usage,
  );
  const { answer, chunks } = await call();
  expect(answer).toMatchObject({
    text: 'Hello there',
    finishReason: 'stop',
    usage: { inputTokens: 9, outputTokens: 4 },
  });
  expect(chunks.map((chunk) => chunk.type)).toEqual(['text-start', 'text-delta', 'text-delta', 'text-end']);
  const [request] = received;
  expect(decodeURIComponent(request?.url ?? '')).toBe('/model/amazon.nova-lite-v1:0/converse-stream');
  expect(request?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock\//,
  );
  expect(request?.headers['x-amz-security-token']).toBe('session-token-of-the-function');
  expect(JSON.parse(request?.body ?? '{}')).toMatchObject({
    system: [{ text: 'Be brief.' }],
    toolConfig: { tools: [{ toolSpec: { name: 'add', inputSchema: { json: { type: 'object' } } } }] },
  });
});

test('a tool call', async () => {
  reply = stream(
    start,
    eventStreamFrame('contentBlockStart', {
      contentBlockIndex: 0,
      start: { toolUse: { toolUseId: 'tu1', name: 'add' } },
    }),
    eventStreamFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: '{"a":' } } }),
    eventStreamFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: '2}' } } }),
    eventStreamFrame('contentBlockStop', { contentBlockIndex: 0 }),
    end('tool_use'),
    usage,
  );
  const { answer } = await call();
  expect(answer).toMatchObject({
    finishReason: 'tool-calls',
    toolCalls: [{ toolCallId: 'tu1', toolName: 'add', input: { a: 2 } }],
  });
});

test('a stream that ends before messageStop is a failure', async () => {
  reply = stream(start, text('Hello '));
  expect((await call()).error).toMatchObject({ retryable: true, code: 'server' });
});

test.each([
  ['throttlingException', 'rate_limit', true],
  ['serviceUnavailableException', 'server', true],
  ['modelStreamErrorException', 'server', true],
  ['validationException', 'unknown', false],
])('%s in the middle of the stream', async (type, code, retryable) => {
  reply = stream(start, text('Hello '), eventStreamFrame(type, { message: 'x' }, true));
  const { error, chunks } = await call();
  expect(error).toMatchObject({ code, retryable });
  expect(chunks.at(-1)?.type).toBe('text-end');
});

test.each([
  [429, 'ThrottlingException', 'Too many requests', 'rate_limit', true],
  [
    403,
    'AccessDeniedException',
    'not authorized to perform: bedrock:InvokeModelWithResponseStream',
    'auth',
    false,
  ],
  [404, 'ResourceNotFoundException', 'no such model', 'model', false],
  [400, 'ValidationException', 'The provided model identifier is invalid.', 'model', false],
  [400, 'ValidationException', 'Input is too long for requested model.', 'context', false],
  [503, 'ServiceUnavailableException', 'x', 'server', true],
])('HTTP %i %s: %s', async (status, type, message, code, retryable) => {
  reply = {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
    body: JSON.stringify({ message, __type: type }),
  };
  expect((await call()).error).toMatchObject({ code, retryable });
});

test('K-11 a throttled call is one request', async () => {
  reply = {
    status: 429,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ThrottlingException' },
    body: JSON.stringify({ message: 'Too many requests' }),
  };
  expect((await call()).error).toMatchObject({ code: 'rate_limit', retryable: true });
  expect(received).toHaveLength(1);
});

test('50 Claude on Bedrock: cache points behind instructions and messages, thinking, the usage of caches', async () => {
  reply = stream(
    start,
    text('Hello'),
    end('end_turn'),
    eventStreamFrame('metadata', {
      usage: {
        inputTokens: 5,
        outputTokens: 4,
        totalTokens: 109,
        cacheReadInputTokens: 80,
        cacheWriteInputTokens: 20,
      },
    }),
  );
  const { answer } = await call({
    model: 'bedrock/eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    effort: 'low',
    messages: [
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: 'three' },
    ],
  });
  expect(answer?.usage).toEqual({
    inputTokens: 105,
    outputTokens: 4,
    cacheReadTokens: 80,
    cacheWriteTokens: 20,
  });
  const cachePoint = { cachePoint: { type: 'default' } };
  expect(JSON.parse(received[0]?.body ?? '{}')).toMatchObject({
    system: [{ text: 'Be brief.' }, cachePoint],
    messages: [
      { role: 'user', content: [{ text: 'one' }, cachePoint] },
      { role: 'assistant', content: [{ text: 'two' }] },
      { role: 'user', content: [{ text: 'three' }, cachePoint] },
    ],
    inferenceConfig: { maxTokens: 50_000 },
    additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 5_000 } },
  });
});

test('a model that nothing is known of is told no effort and given no cache point', async () => {
  reply = stream(start, text('Hello'), end('end_turn'), usage);
  await call({ model: 'bedrock/meta.llama-of-another-time', effort: 'high' });
  const body: unknown = JSON.parse(received[0]?.body ?? '{}');
  expect(body).not.toHaveProperty('additionalModelRequestFields');
  expect(JSON.stringify(body)).not.toContain('cachePoint');
});

test('46 what another provider searched is told in words', async () => {
  reply = stream(start, text('Hello'), end('end_turn'), usage);
  await call({
    messages: [
      { role: 'user', content: 'one' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          {
            type: 'tool-call',
            toolCallId: 'srvtoolu_1',
            toolName: 'web_search',
            input: { query: 'x' },
            providerExecuted: true,
          },
          {
            type: 'tool-result',
            toolCallId: 'srvtoolu_1',
            toolName: 'web_search',
            output: { type: 'json', value: [] },
          },
        ],
      },
      { role: 'user', content: 'two' },
    ],
  });
  expect(JSON.parse(received[0]?.body ?? '{}')).toMatchObject({
    messages: [
      { role: 'user', content: [{ text: 'one' }] },
      { role: 'assistant', content: [{ text: 'I look.' }, { text: '\n(Searched the web for "x".)\n' }] },
      { role: 'user', content: [{ text: 'two' }] },
    ],
  });
});
