import { afterEach, beforeEach } from 'vitest';
import { z } from 'zod';
import { createCallModel } from '../../core/models/call-model.ts';
import type { ModelRequest } from '../../core/models/contract.ts';
import type { StreamChunk } from '../../core/stream/chunks.ts';
import { defineTool } from '../../core/tools/define-tool.ts';
import { type AnthropicReply, type AnthropicRequestBody, startAnthropicServer } from './anthropic-server.ts';
import type { WireServer } from './wire-server.ts';

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  input: z.object({ a: z.number(), b: z.number() }),
  effect: 'read',
  run: async ({ a, b }) => a + b,
});

/** A server that speaks Anthropic's API for each test of a file, what it is to answer, and calls of the model layer to it. */
export function useAnthropic() {
  let server: WireServer<AnthropicRequestBody>;
  const replies: AnthropicReply[] = [];
  beforeEach(async () => {
    replies.length = 0;
    server = await startAnthropicServer(
      (index) => replies[index] ?? { blocks: [{ type: 'text', text: 'no more' }] },
    );
  });
  afterEach(() => server.close());

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
  return { replies, call, requests: () => server.requests, baseUrl: () => server.baseUrl };
}
