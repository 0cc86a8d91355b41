import { STATUS_CODES } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { eventStreamFrame } from '../../test/support/event-stream.ts';
import { createCallModel } from './call-model.ts';
import { classifyError } from './classify-error.ts';
import { ModelError, type ModelRequest } from './contract.ts';
import { type ErrorCode, errorClasses } from './error-classes.ts';
import { anthropicErrors } from './error-fixtures/anthropic.ts';
import { bedrockErrors } from './error-fixtures/bedrock.ts';
import { type ErrorFixture, FIXTURES_AT } from './error-fixtures/fixture.ts';
import { networkErrors } from './error-fixtures/network.ts';
import { openAIErrors } from './error-fixtures/openai.ts';
import { openAICompatibleErrors } from './error-fixtures/openai-compatible.ts';
import { proxyErrors } from './error-fixtures/proxies.ts';

const groups: [provider: string, model: string, fixtures: readonly ErrorFixture[]][] = [
  ['Anthropic', 'anthropic/claude-x', anthropicErrors],
  ['OpenAI', 'openai/gpt-x', openAIErrors],
  ['OpenAI-compatible', 'openai-compatible/m', openAICompatibleErrors],
  ['Bedrock', 'bedrock/m', bedrockErrors],
  ['network', 'openai-compatible/m', networkErrors],
  ['proxies', 'openai-compatible/m', proxyErrors],
];

const requestTo = (model: string, attempt = 1): ModelRequest => ({
  model,
  attempt,
  instructions: 'Be brief.',
  messages: [{ role: 'user', content: 'private words of the conversation' }],
  tools: [],
  signal: new AbortController().signal,
  turnId: 't1',
  step: 0,
});

describe.each(groups)('38 %s', (_provider, model, fixtures) => {
  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    const error = classifyError(fixture.error, FIXTURES_AT, requestTo(model, fixture.attempt));
    const { code, retryable, retryAfterMs } = error;
    expect({ code, retryable, retryAfterMs }).toEqual({ retryAfterMs: undefined, ...fixture.expected });
    // What people and administrators read holds no secret and nothing of the conversation.
    const told = `${error.sentence} ${error.adminSentence} ${error.message} ${String(error.cause)}`;
    expect(told).not.toMatch(/topsecret|private words|sk-proj|<html|<h1/);
    expect(error.adminSentence).toContain(`${model} failed with ${code}`);
    expect(error.adminSentence).toContain(errorClasses[code as ErrorCode].advice);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** The same answers sent to the real providers of the SDK. */
async function throughTheSdk(model: string, { wire, exception }: ErrorFixture) {
  for (const [name, value] of Object.entries({
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'k',
    AWS_SECRET_ACCESS_KEY: 's',
  }))
    vi.stubEnv(name, value);
  vi.stubGlobal('fetch', async () =>
    exception
      ? new Response(new Uint8Array(frames(exception)), {
          headers: { 'content-type': 'application/vnd.amazon.eventstream' },
        })
      : new Response(wire?.body, {
          status: wire?.status ?? 200,
          statusText: STATUS_CODES[wire?.status ?? 200] ?? '',
          headers: wire?.headers ?? {},
        }),
  );
  const callModel = createCallModel({
    now: () => FIXTURES_AT,
    secrets: async () => ({ anthropic: 'a', openai: 'o', 'openai-compatible': 'c' }),
    baseUrls: { 'openai-compatible': 'https://models.example.com/v1' },
  });
  return callModel(requestTo(model), () => {}).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const frames = ([type, message]: [string, string]): Buffer =>
  Buffer.concat([
    eventStreamFrame('messageStart', { role: 'assistant' }),
    eventStreamFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello' } }),
    eventStreamFrame(type, { message }, true),
  ]);

test.each(groups.filter(([provider]) => provider !== 'network'))(
  'the SDK surfaces the payloads of %s as they stand in the fixtures',
  async (_provider, model, fixtures) => {
    const sent = fixtures.filter(({ wire, exception }) => wire ?? exception);
    expect(sent.length).toBeGreaterThan(10);
    for (const fixture of sent) {
      const error = await throughTheSdk(model, fixture);
      expect(error, fixture.name).toBeInstanceOf(ModelError);
      expect(error, fixture.name).toMatchObject(fixture.expected);
    }
  },
);

test('there are rows of every class but those that the turn makes itself', () => {
  const rows = groups.flatMap(([, , fixtures]) => fixtures);
  expect(rows.length).toBeGreaterThanOrEqual(80);
  const codes = new Set<string>(rows.map(({ expected }) => expected.code));
  expect(Object.keys(errorClasses).filter((code) => !codes.has(code))).toEqual([
    'silence',
    'empty_completion',
  ]);
  for (const { expected, name } of rows)
    expect(errorClasses[expected.code].retryable, name).toBe(expected.retryable);
});
