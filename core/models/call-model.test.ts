import { APICallError } from '@ai-sdk/provider';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type ScriptedPart, scriptedModel } from '../../test/support/scripted-model.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { defineTool } from '../tools/define-tool.ts';
import { createCallModel } from './call-model.ts';
import { ModelError, type ModelRequest } from './contract.ts';

const scripted = vi.hoisted(() => ({ parts: [] as unknown[] }));
vi.mock('./resolve-model.ts', async (original) => ({
  ...(await original<object>()),
  resolveModel: async () => ({ model: scriptedModel(scripted.parts as ScriptedPart[]) }),
}));

const add = defineTool({
  name: 'add',
  description: 'Adds.',
  input: z.object({ a: z.number(), b: z.number().default(1) }),
  effect: 'read',
  run: async ({ a, b }) => a + b,
});

function request(overrides: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: 'demo',
    instructions: 'Be brief.',
    messages: [{ role: 'user', content: 'hi' }],
    tools: [add],
    signal: new AbortController().signal,
    turnId: 't1',
    step: 2,
    attempt: 1,
    ...overrides,
  };
}

async function call(
  parts: ScriptedPart[],
  overrides: Partial<ModelRequest> = {},
  listen: (chunk: StreamChunk) => void = () => {},
) {
  scripted.parts = parts;
  const chunks: StreamChunk[] = [];
  const callModel = createCallModel({ now: () => 0, secrets: async () => ({}) });
  const onChunk = (chunk: StreamChunk) => {
    chunks.push(chunk);
    listen(chunk);
  };
  const result = await callModel(request(overrides), onChunk).then(
    (answer) => ({ answer, error: undefined }),
    (error: unknown) => ({ answer: undefined, error }),
  );
  return { ...result, chunks };
}

const text: ScriptedPart[] = [
  { type: 'text-start', id: '0' },
  { type: 'text-delta', id: '0', delta: 'Hello ' },
  { type: 'text-delta', id: '0', delta: '' },
  { type: 'text-delta', id: '0', delta: 'there' },
  { type: 'text-end', id: '0' },
];
const stop: ScriptedPart = { type: 'finish', reason: 'stop', input: 7, output: 3 };

/** Each message says which model wrote it. */
const byDemo = { providerOptions: { sluice: { model: 'demo' } } };

test('text comes as chunks with ids of their own, and as the answer', async () => {
  const { answer, chunks } = await call([...text, stop]);
  expect(chunks).toEqual([
    { type: 'text-start', id: '2.1-t0' },
    { type: 'text-delta', id: '2.1-t0', delta: 'Hello ' },
    { type: 'text-delta', id: '2.1-t0', delta: 'there' },
    { type: 'text-end', id: '2.1-t0' },
  ]);
  expect(answer).toEqual({
    text: 'Hello there',
    toolCalls: [],
    finishReason: 'stop',
    // The demo model is free.
    usage: { inputTokens: 7, outputTokens: 3, costUsd: 0 },
    messages: [{ role: 'assistant', content: [{ type: 'text', text: 'Hello there' }], ...byDemo }],
  });
});

test('reasoning is shown and is no part of the text', async () => {
  const { answer, chunks } = await call([
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-delta', id: '0', delta: 'hm' },
    { type: 'reasoning-end', id: '0' },
    ...text,
    stop,
  ]);
  expect(chunks.slice(0, 3)).toEqual([
    { type: 'reasoning-start', id: '2.1-r0' },
    { type: 'reasoning-delta', id: '2.1-r0', delta: 'hm' },
    { type: 'reasoning-end', id: '2.1-r0' },
  ]);
  expect(answer?.text).toBe('Hello there');
});

test('K-61 a delta of a block that was never opened is not published', async () => {
  const { chunks } = await call([{ type: 'text-delta', id: '9', delta: 'lost' }, ...text, stop]);
  expect(chunks.map((chunk) => ('delta' in chunk ? chunk.delta : ''))).not.toContain('lost');
});

test('tool calls come with the answer, as the model wrote their arguments', async () => {
  const { answer } = await call([
    { type: 'tool-call', id: 'c1', name: 'add', input: '{"a":2}' },
    { type: 'finish', reason: 'tool-calls', input: 1, output: 1 },
  ]);
  expect(answer?.toolCalls).toEqual([{ toolCallId: 'c1', toolName: 'add', input: { a: 2 } }]);
  expect(answer?.finishReason).toBe('tool-calls');
  expect(answer?.messages).toEqual([
    {
      role: 'assistant',
      content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'add', input: { a: 2 } }],
      ...byDemo,
    },
  ]);
});

test.each([
  ['an unknown tool', 'subtract', '{}', {}, 'There is no tool named subtract. The tools are: add.'],
  ['arguments that are no JSON', 'add', '{"a":', {}, 'The arguments of add are no valid JSON'],
  ['arguments that do not fit', 'add', '{"a":"two"}', { a: 'two' }, 'a: Invalid input: expected number'],
])(
  '%s is told to the model and stands in the answer once, without a result',
  async (_name, name, input, stored, told) => {
    const { answer } = await call([
      { type: 'tool-call', id: 'c1', name, input },
      { type: 'finish', reason: 'tool-calls', input: 1, output: 1 },
    ]);
    expect(answer?.toolCalls).toEqual([
      { toolCallId: 'c1', toolName: name, input: stored, invalid: expect.stringContaining(told) },
    ]);
    expect(answer?.messages).toEqual([
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'c1', toolName: name, input: stored }],
        ...byDemo,
      },
    ]);
  },
);

test('a stream that ends without a finish is retryable, and what was shown is closed', async () => {
  const { error, chunks } = await call(text.slice(0, 2));
  expect(error).toMatchObject({ retryable: true, code: 'server' });
  expect(chunks.at(-1)).toEqual({ type: 'text-end', id: '2.1-t0' });
});

test('an empty stream is retryable', async () => {
  const { error } = await call([]);
  expect(error).toMatchObject({ retryable: true, code: 'server' });
});

test('an error in the middle of the stream is classified; the text before it was told', async () => {
  const { error, chunks } = await call([
    ...text.slice(0, 2),
    { type: 'error', error: { message: 'Overloaded', type: 'overloaded_error' } },
    { type: 'finish', reason: 'error', input: 1, output: 1 },
  ]);
  expect(error).toBeInstanceOf(ModelError);
  expect(error).toMatchObject({ retryable: true, code: 'overloaded' });
  expect(chunks.map((chunk) => chunk.type)).toEqual(['text-start', 'text-delta', 'text-end']);
});

test('K-11 one layer of retries: a 429 is asked once and comes back with its Retry-After', async () => {
  let asked = 0;
  const { error } = await call([
    {
      type: 'throw',
      error: () => {
        asked++;
        return new APICallError({
          message: 'slow down',
          url: 'https://models.example.com/v1?key=secret',
          requestBodyValues: {},
          statusCode: 429,
          responseHeaders: { 'Retry-After': '7' },
        });
      },
    },
  ]);
  expect(asked).toBe(1);
  expect(error).toMatchObject({ retryable: true, code: 'rate_limit', retryAfterMs: 7_000 });
});

test('an aborted signal rejects with its own reason, and what was shown is closed', async () => {
  const controller = new AbortController();
  const reason = new Error('stopped by a person');
  const abortOnText = (chunk: StreamChunk) => {
    if (chunk.type === 'text-delta') controller.abort(reason);
  };
  const { error, chunks } = await call(
    [...text.slice(0, 2), { type: 'never' }],
    { signal: controller.signal },
    abortOnText,
  );
  expect(error).toBe(reason);
  expect(chunks.map((chunk) => chunk.type)).toEqual(['text-start', 'text-delta', 'text-end']);
});

test('a signal that is aborted already asks no model', async () => {
  const reason = new Error('too late');
  const { error } = await call([...text, stop], { signal: AbortSignal.abort(reason) });
  expect(error).toBe(reason);
});

test('K-28 an abort that is not ours is a broken connection', async () => {
  const { error } = await call([
    { type: 'throw', error: () => new DOMException('context canceled', 'AbortError') },
  ]);
  expect(error).toMatchObject({ retryable: true, code: 'network' });
});

test('K-27 a content filter that leaves only reasoning is a terminal error', async () => {
  const { error } = await call([
    { type: 'reasoning-start', id: '0' },
    { type: 'reasoning-delta', id: '0', delta: 'I should not' },
    { type: 'reasoning-end', id: '0' },
    { type: 'finish', reason: 'content-filter', input: 1, output: 1 },
  ]);
  expect(error).toMatchObject({ retryable: false, code: 'content_filter' });
});

test('a content filter after text is an answer with that reason', async () => {
  const { answer } = await call([...text, { type: 'finish', reason: 'content-filter', input: 1, output: 1 }]);
  expect(answer).toMatchObject({ text: 'Hello there', finishReason: 'content-filter' });
});

test('K-29 each part of the stream is a sign of life, also those that give no chunk', async () => {
  const onPart = vi.fn();
  const { chunks } = await call(
    [
      { type: 'tool-input-start', id: 'c1', name: 'add' },
      { type: 'tool-input-delta', id: 'c1', delta: '{"a":1' },
      { type: 'tool-call', id: 'c1', name: 'add', input: '{"a":1}' },
      { type: 'finish', reason: 'tool-calls', input: 1, output: 1 },
    ],
    { onPart },
  );
  expect(chunks).toEqual([]);
  expect(onPart.mock.calls.length).toBeGreaterThanOrEqual(4);
});
