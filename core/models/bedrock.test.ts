import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { eventStreamFrame } from '../../test/support/event-stream.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { defineTool } from '../tools/define-tool.ts';
import { createCallModel } from './call-model.ts';

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

async function call() {
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
