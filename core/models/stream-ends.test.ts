import { afterEach, describe, expect, test, vi } from 'vitest';
import { createCallModel } from './call-model.ts';
import type { ModelRequest } from './contract.ts';

/** A chunk of a chat completion, or an error in its place. */
const event = (data: unknown) => new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`);
const text = (content: string) =>
  event({ id: 'c1', created: 1, model: 'm', choices: [{ index: 0, delta: { content } }] });

/** A server that sends what it is told to and holds the connection until somebody closes it. */
function serve(chunks: Uint8Array[], ends = false) {
  const seen = { reads: 0, closed: false, aborted: false };
  const left = [...chunks];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    init.signal?.addEventListener('abort', () => {
      seen.aborted = true;
    });
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          seen.reads++;
          const next = left.shift();
          if (next) controller.enqueue(next);
          else if (ends) controller.close();
          else return new Promise(() => {});
        },
        cancel() {
          seen.closed = true;
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  return seen;
}

afterEach(() => vi.unstubAllGlobals());

function call(over: Partial<ModelRequest> = {}, onDelta: () => void = () => {}) {
  const types: string[] = [];
  const callModel = createCallModel({
    now: () => 0,
    secrets: async () => ({}),
    baseUrls: { 'openai-compatible': 'https://models.example.com/v1' },
  });
  const request: ModelRequest = {
    model: 'openai-compatible/m',
    instructions: 'Be brief.',
    messages: [{ role: 'user', content: 'hi' }],
    tools: [],
    signal: new AbortController().signal,
    turnId: 't1',
    step: 0,
    attempt: 1,
    ...over,
  };
  const ended = callModel(request, (chunk) => {
    types.push(chunk.type);
    if (chunk.type === 'text-delta') onDelta();
  });
  return { ended, types };
}

test('T-5 a stream without its end event is a failure, and what it opened is closed', async () => {
  serve([text('Hello')], true);
  const { ended, types } = call();
  await expect(ended).rejects.toMatchObject({ code: 'server', retryable: true });
  expect(types).toEqual(['text-start', 'text-delta', 'text-end']);
});

describe('T-61 a stream that is left early is closed', () => {
  test('at an error in its middle', async () => {
    const seen = serve([text('Hello'), event({ error: { message: 'x', type: 'server_error' } })]);
    await expect(call().ended).rejects.toMatchObject({ code: 'server' });
    await vi.waitFor(() => expect(seen.closed || seen.aborted).toBe(true));
  });

  test('at an error of whoever reads', async () => {
    const seen = serve([text('Hello')]);
    const { ended } = call({}, () => {
      throw new Error('the reader broke');
    });
    await expect(ended).rejects.toMatchObject({ code: 'unknown' });
    await vi.waitFor(() => expect(seen.closed || seen.aborted).toBe(true));
  });

  test('at an abort', async () => {
    const controller = new AbortController();
    const seen = serve([text('Hello')]);
    const { ended } = call({ signal: controller.signal }, () => controller.abort(new Error('enough')));
    await expect(ended).rejects.toThrow('enough');
    await vi.waitFor(() => expect(seen.closed || seen.aborted).toBe(true));
  });
});
