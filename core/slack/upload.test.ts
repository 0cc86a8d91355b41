import { expect, test } from 'vitest';
import { createUpload } from './upload.ts';

const API = 'https://slack.com/api/';
const bytes = Buffer.from('month,orders');

/** Uploads over a network that answers so. */
async function upload(url: string, answer: Response | Error, slackApiUrl = API) {
  const requests: { url: string; init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (target, init) => {
    requests.push({ url: String(target), init });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const failure = await createUpload({ slackApiUrl, timeoutMs: 1_000, fetch })(url, bytes).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { requests, failure };
}

test('the bytes go to the address as they are, without a token, and no redirect is followed', async () => {
  const { requests, failure } = await upload(
    'https://files.slack.com/upload/v1/abc',
    new Response('OK - 12'),
  );
  expect(failure).toBeUndefined();
  expect(requests).toEqual([
    {
      url: 'https://files.slack.com/upload/v1/abc',
      init: expect.objectContaining({
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: Uint8Array.from(bytes),
        redirect: 'manual',
      }),
    },
  ]);
});

test('a local stack uploads to its simulator', async () => {
  const { failure } = await upload(
    'http://127.0.0.1:4100/upload/v1/a',
    new Response(''),
    'http://127.0.0.1:4100/api/',
  );
  expect(failure).toBeUndefined();
});

test.each([
  'https://example.com/upload',
  'http://files.slack.com/upload',
  'https://files.slack.com:8443/upload',
  'https://slack.com.example.com/upload',
  'https://user@files.slack.com/upload',
  'http://169.254.169.254/upload',
  'nonsense',
])('nothing is sent to %s', async (url) => {
  const { requests, failure } = await upload(url, new Response(''));
  expect(requests).toEqual([]);
  expect(failure).toMatchObject({ failure: { kind: 'platform', code: 'foreign_host' } });
});

test.each<[string, Response | Error, object]>([
  ['an error of the server', new Response('', { status: 503 }), { kind: 'unknown', detail: 'HTTP 503' }],
  ['no answer', new TypeError('fetch failed: https://secret'), { kind: 'unknown', detail: 'no answer' }],
  ['a refusal', new Response('', { status: 400 }), { kind: 'platform', code: 'http_400' }],
  [
    'a redirect',
    new Response(null, { status: 302, headers: { location: 'https://example.com' } }),
    { kind: 'platform', code: 'http_302' },
  ],
  [
    'too many at once',
    new Response('', { status: 429, headers: { 'retry-after': '7' } }),
    { kind: 'rate_limited', retryAfterMs: 7_000 },
  ],
  ['too many without a time', new Response('', { status: 429 }), { retryAfterMs: 30_000 }],
])('%s', async (_name, answer, failure) => {
  const failed = (await upload('https://files.slack.com/upload/v1/abc', answer)).failure;
  expect(failed).toMatchObject({ method: 'upload_url', failure });
  expect(String(failed)).not.toContain('secret');
});
