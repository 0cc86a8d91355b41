import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { createCallModel } from '../../core/models/call-model.ts';
import type { StreamChunk } from '../../core/stream/chunks.ts';
import { redeploy } from '../../local/up.ts';
import { type CompletionsServer, startCompletionsServer } from '../support/completions-server.ts';
import { deployed } from './support/deployed.ts';
import { e2eSettings } from './support/settings.ts';

const { stack, slack, SEED, ask, turnWhen, ended } = deployed();
const { general } = SEED.channels;
const settings = { ...e2eSettings, slackApiUrl: stack.slackApiUrl };

it('bedrock/… streams from the emulator’s runtime', async () => {
  const environment = {
    AWS_ENDPOINT_URL: stack.awsEndpoint,
    AWS_REGION: stack.region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const callModel = createCallModel({ now: Date.now, secrets: async () => ({}) });
  const chunks: StreamChunk[] = [];
  const answer = await callModel(
    {
      model: 'bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0',
      instructions: 'Answer briefly.',
      messages: [{ role: 'user', content: 'Hello' }],
      tools: [],
      signal: new AbortController().signal,
      turnId: 't1',
      step: 0,
      attempt: 1,
    },
    (chunk) => chunks.push(chunk),
  );
  vi.unstubAllEnvs();
  expect(answer.text.length).toBeGreaterThan(0);
  const streamed = chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
  expect(streamed).toBe(answer.text);
});

describe('openai-compatible/… deployed, against a server over HTTP', () => {
  let server: CompletionsServer;

  beforeAll(async () => {
    server = await startCompletionsServer((request, index) => {
      const last = request.body.messages.at(-1);
      if (last?.role === 'tool') return { text: ['The result is ', String(last.content), '.'] };
      if (index === 0)
        return { status: 429, headers: { 'retry-after': '1' }, error: { message: 'slow down' } };
      return { toolCalls: [{ name: 'calculate', arguments: { expression: '6*7' } }] };
    });
    await redeploy(stack, {
      stateDir: inject('stateDir'),
      settings: {
        ...settings,
        model: 'openai-compatible/tiny',
        modelBaseUrl: server.baseUrl,
        // A title is asked for beside the turn, so its request would come at any place among the others.
        titleModel: 'demo',
      },
    });
  });

  afterAll(async () => {
    await redeploy(stack, { stateDir: inject('stateDir'), settings });
    await server.close();
  });

  it('is called with the thread and the tools, waited for after 429, and its tool call is run', async () => {
    const asked = await ask('what is six times seven?');
    const turn = await turnWhen(asked, ended);
    expect(turn).toMatchObject({ state: 'completed', step: 2 });
    await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: 'The result is',
      streaming_state: 'completed',
    });
    // K-11: one layer of retries, so three requests: refused, tool call, answer.
    expect(server.requests).toHaveLength(3);
    expect(server.requests[1]?.body.model).toBe('tiny');
    expect(server.requests[1]?.body.tools?.map((tool) => tool.function.name)).toContain('calculate');
    expect(JSON.stringify(server.requests[2]?.body.messages)).toContain('42');
  });
});
