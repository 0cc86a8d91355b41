import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type CompletionReply,
  type CompletionsServer,
  startCompletionsServer,
} from '../../test/support/completions-server.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { defineTool } from '../tools/define-tool.ts';
import { createCallModel } from './call-model.ts';
import type { ModelRequest } from './contract.ts';
import { toModelMessages, toolResultMessage } from './messages.ts';

let server: CompletionsServer;
let replies: CompletionReply[];
const secrets = async () => ({ 'openai-compatible': 'key-of-the-test' });

beforeEach(async () => {
  replies = [];
  server = await startCompletionsServer((_request, index) => replies[index] ?? { text: 'no more' });
});
afterEach(() => server.close());

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  input: z.object({ a: z.number(), b: z.number() }),
  effect: 'read',
  run: async ({ a, b }) => a + b,
});

const base: Omit<ModelRequest, 'signal'> = {
  model: 'openai-compatible/org/some-model',
  instructions: 'Be brief.',
  messages: [{ role: 'user', content: 'hi' }],
  tools: [add],
  turnId: 't1',
  step: 0,
  attempt: 1,
};

function call(overrides: Partial<ModelRequest> = {}, listen: (chunk: StreamChunk) => void = () => {}) {
  const callModel = createCallModel({
    now: Date.now,
    baseUrls: { 'openai-compatible': `${server.baseUrl}/` },
    secrets,
  });
  return callModel({ ...base, signal: new AbortController().signal, ...overrides }, listen);
}

test('a streamed answer over HTTP: model id, key, instructions and tools go out, text and usage come in', async () => {
  replies.push({ text: ['Hel', 'lo'], usage: { prompt_tokens: 11, completion_tokens: 2 } });
  const deltas: string[] = [];
  const answer = await call({}, (chunk) => {
    if (chunk.type === 'text-delta') deltas.push(chunk.delta);
  });
  expect(deltas).toEqual(['Hel', 'lo']);
  expect(answer).toMatchObject({
    text: 'Hello',
    finishReason: 'stop',
    usage: { inputTokens: 11, outputTokens: 2 },
  });
  const [request] = server.requests;
  expect(request?.authorization).toBe('Bearer key-of-the-test');
  expect(request?.body.model).toBe('org/some-model');
  expect(request?.body.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'hi' },
  ]);
  expect(request?.body.tools?.[0]?.function).toMatchObject({
    name: 'add',
    description: 'Adds two numbers.',
    parameters: { type: 'object', required: ['a', 'b'] },
  });
});

test('a tool call, its result and the next answer', async () => {
  replies.push({
    reasoning: 'I should add.',
    toolCalls: [{ id: 'c1', name: 'add', arguments: { a: 1, b: 2 } }],
  });
  replies.push({ text: 'It is 3.' });
  const types: string[] = [];
  const first = await call({}, (chunk) => types.push(chunk.type));
  expect(types).toEqual(['reasoning-start', 'reasoning-delta', 'reasoning-end']);
  expect(first.toolCalls).toEqual([{ toolCallId: 'c1', toolName: 'add', input: { a: 1, b: 2 } }]);
  const result = toolResultMessage([
    { toolCallId: 'c1', toolName: 'add', outcome: { kind: 'output', value: 3 } },
  ]);
  const stored: unknown = JSON.parse(JSON.stringify([...first.messages, result]));
  const history = toModelMessages(
    (stored as unknown[]).map((message, seq) => ({
      v: 1,
      sessionId: 's',
      turnId: 't',
      seq,
      role: 'assistant',
      message,
      at: 0,
    })),
  );
  const second = await call({ messages: [...base.messages, ...history], step: 1 });
  expect(second.text).toBe('It is 3.');
  expect(server.requests[1]?.body.messages.slice(2)).toMatchObject([
    { role: 'assistant', tool_calls: [{ id: 'c1', function: { name: 'add', arguments: '{"a":1,"b":2}' } }] },
    { role: 'tool', tool_call_id: 'c1', content: '3' },
  ]);
});

test('K-11 a 429 is asked once, with Retry-After kept', async () => {
  replies.push({
    status: 429,
    headers: { 'retry-after': '3' },
    error: { message: 'slow down', code: 'rate_limit_exceeded' },
  });
  await expect(call()).rejects.toMatchObject({ retryable: true, code: 'rate_limit', retryAfterMs: 3_000 });
  expect(server.requests).toHaveLength(1);
});

test.each([
  [
    'insufficient quota',
    { status: 429, error: { message: 'x', code: 'insufficient_quota' } },
    'quota',
    false,
  ],
  ['a wrong key', { status: 401, error: { message: 'bad key', code: 'invalid_api_key' } }, 'auth', false],
  ['a broken server', { status: 500, error: { message: 'oops' } }, 'server', true],
  ['a stream that ends without a finish', { text: 'half', finishReason: null }, 'server', true],
  [
    'an error in the middle',
    { text: 'half', error: { message: 'The server had an error', type: 'server_error' } },
    'server',
    true,
  ],
  ['an answer that is filtered away', { finishReason: 'content_filter' }, 'content_filter', false],
] satisfies [string, CompletionReply, string, boolean][])('%s', async (_name, reply, code, retryable) => {
  replies.push(reply);
  await expect(call()).rejects.toMatchObject({ code, retryable });
});

test('a connection that is cut in the middle is a network error, and the text before it was told', async () => {
  const received = Promise.withResolvers<void>();
  replies.push({ text: ['half ', 'of'], hold: received.promise, cut: true });
  let partial = '';
  const failure = call({}, (chunk) => {
    if (chunk.type === 'text-delta') partial += chunk.delta;
    if (partial === 'half of') received.resolve();
  });
  await expect(failure).rejects.toMatchObject({ retryable: true, code: 'network' });
  expect(partial).toBe('half of');
});

test('nobody listening is a network error', async () => {
  await server.close();
  await expect(call()).rejects.toMatchObject({ retryable: true, code: 'network' });
});

test('an abort ends the call at once, with the signal’s reason, though the server holds on', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  replies.push({ text: 'first words', hold: new Promise(() => {}) });
  const ended = call({ signal: controller.signal }, (chunk) => {
    if (chunk.type === 'text-delta') controller.abort(reason);
  });
  await expect(ended).rejects.toBe(reason);
});

test('a server without keys gets none', async () => {
  const callModel = createCallModel({
    now: Date.now,
    baseUrls: { 'openai-compatible': server.baseUrl },
    secrets: async () => ({}),
  });
  replies.push({ text: 'fine' });
  await callModel({ ...base, signal: new AbortController().signal }, () => {});
  expect(server.requests[0]?.authorization).toBeUndefined();
});
