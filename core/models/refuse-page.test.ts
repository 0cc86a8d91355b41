import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCallModel } from './call-model.ts';
import { hostedProviders } from './model-name.ts';
import { refusePage } from './refuse-page.ts';

let server: Server;
let requests: number;
let status: number;
let type: string;

beforeEach(async () => {
  requests = 0;
  status = 200;
  type = 'text/html; charset=utf-8';
  server = createServer((_request, response) => {
    requests++;
    response.writeHead(status, { 'content-type': type }).end('<!doctype html><title>Sign in</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function call(provider: (typeof hostedProviders)[number]) {
  const callModel = createCallModel({
    now: Date.now,
    baseUrls: { [provider]: `${address()}/wrong?token=of-the-proxy` },
    secrets: async () => ({ [provider]: 'key-of-the-test' }),
  });
  return callModel(
    {
      ...{ model: `${provider}/some-model`, instructions: 'Be brief.', tools: [] },
      ...{ messages: [{ role: 'user', content: 'hi' }], signal: new AbortController().signal },
      ...{ turnId: 't1', step: 0, attempt: 1 },
    },
    () => {},
  );
}

test.each(hostedProviders)('59 %s: a web page in place of an answer is a wrong setting', async (provider) => {
  const error: unknown = await call(provider).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    retryable: false,
    code: 'config',
    sentence: expect.stringMatching(/administrator/),
    adminSentence: expect.stringMatching(new RegExp(`web page.*${address()} .*\`baseUrls\\.${provider}\``)),
  });
  expect(JSON.stringify(error)).not.toMatch(/of-the-proxy|key-of-the-test/);
  expect(requests).toBe(1);
});

test.each(hostedProviders)('%s: a gateway’s page with an error status is tried again', async (provider) => {
  status = 502;
  await expect(call(provider)).rejects.toMatchObject({ retryable: true, code: 'server' });
});

test.each([
  ['text/event-stream', true],
  ['application/json', true],
  ['TEXT/HTML', false],
  ['application/xhtml+xml', false],
])('an answer of type %s is taken: %s', async (name, taken) => {
  type = name;
  const answer = await refusePage('openai')(address()).catch(() => undefined);
  expect(answer !== undefined).toBe(taken);
});
