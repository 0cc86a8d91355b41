import { APICallError, InvalidResponseDataError, LoadAPIKeyError } from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { classifyError } from './classify-error.ts';
import { ModelError } from './contract.ts';

function http(
  statusCode: number,
  message = 'x',
  body?: unknown,
  headers?: Record<string, string>,
): APICallError {
  return new APICallError({
    message,
    url: 'https://models.example.com/v1/chat?api_key=topsecret',
    requestBodyValues: { messages: ['private words'] },
    statusCode,
    ...(body === undefined ? {} : { responseBody: JSON.stringify(body) }),
    ...(headers ? { responseHeaders: headers } : {}),
  });
}

function network(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code}`), { code }) });
}

const cases: [string, unknown, string, boolean][] = [
  // Retryable.
  ['429', http(429, 'Too many requests'), 'rate_limit', true],
  [
    '429 with words about a quota (K-49)',
    http(429, 'You exceeded your current quota per minute'),
    'rate_limit',
    true,
  ],
  ['429 about tokens', http(429, 'Too many tokens, please wait before trying again.'), 'rate_limit', true],
  ['429 of a server at capacity', http(429, 'The engine is overloaded'), 'rate_limit', true],
  ['529', http(529, 'x'), 'overloaded', true],
  [
    'an overloaded error with status 200',
    { type: 'overloaded_error', message: 'Overloaded' },
    'overloaded',
    true,
  ],
  ['503 that says overloaded', http(503, 'The server is overloaded'), 'overloaded', true],
  ['500 that says overloaded', http(500, 'The server is overloaded'), 'overloaded', true],
  ['500', http(500), 'server', true],
  ['502 with HTML', http(502, 'Bad Gateway'), 'server', true],
  ['503', http(503), 'server', true],
  ['504', http(504), 'server', true],
  ['408', http(408), 'server', true],
  ['502 with a page that speaks of keys', http(502, 'unauthorized? check your api key'), 'server', true],
  ['424 of a model behind Bedrock', http(424, 'modelStreamErrorException'), 'server', true],
  [
    'a throttled AWS call',
    Object.assign(new Error('slow'), { name: 'ThrottlingException' }),
    'rate_limit',
    true,
  ],
  [
    'a throttled AWS call that speaks of a quota',
    Object.assign(new Error('Account quota exceeded'), {
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 400 },
    }),
    'rate_limit',
    true,
  ],
  ['an error word in a stream', { code: 'rate_limit_exceeded', message: 'x' }, 'rate_limit', true],
  [
    'a server error in a stream',
    { type: 'server_error', message: 'The server had an error' },
    'server',
    true,
  ],
  ['a numeric code in a stream', { code: 503, message: 'try later' }, 'server', true],
  ['a reset connection', network('ECONNRESET'), 'network', true],
  ['a refused connection', network('ECONNREFUSED'), 'network', true],
  ['a name that does not resolve', network('ENOTFOUND'), 'network', true],
  ['a header timeout', network('UND_ERR_HEADERS_TIMEOUT'), 'network', true],
  ['a body that ended early', new TypeError('terminated'), 'network', true],
  ['a bare abort that is not ours (K-28)', new Error('context canceled'), 'network', true],
  [
    'a stream without an end',
    new InvalidResponseDataError({
      data: undefined,
      message: 'Response stream ended without a finish reason.',
    }),
    'server',
    true,
  ],
  // Terminal.
  ['401', http(401, 'Incorrect API key provided: sk-abc123def'), 'auth', false],
  ['403', http(403, 'Forbidden'), 'auth', false],
  ['a missing key', new LoadAPIKeyError({ message: 'API key is missing' }), 'auth', false],
  [
    'expired AWS credentials',
    http(403, 'The security token is expired', { __type: 'ExpiredTokenException' }),
    'auth',
    false,
  ],
  ['402', http(402, 'Payment required'), 'quota', false],
  [
    'insufficient_quota under 429',
    http(429, 'x', { error: { code: 'insufficient_quota', message: 'x' } }),
    'quota',
    false,
  ],
  ['insufficient_quota under 200', { code: 'insufficient_quota', message: 'x' }, 'quota', false],
  ['a credit balance that is too low', http(400, 'Your credit balance is too low'), 'quota', false],
  ['a long prompt', http(400, 'prompt is too long: 210000 tokens > 200000 maximum'), 'context', false],
  [
    'a long conversation by its code',
    http(400, 'x', { error: { code: 'context_length_exceeded' } }),
    'context',
    false,
  ],
  ['a long conversation on Bedrock', http(400, 'Input is too long for requested model.'), 'context', false],
  ['413', http(413, 'x'), 'context', false],
  [
    '500 of a server whose context is full',
    http(500, 'the request exceeds the available context size'),
    'context',
    false,
  ],
  ['404', http(404, 'The model `foo` does not exist'), 'model', false],
  [
    'a model id that Bedrock does not know',
    http(400, 'The provided model identifier is invalid.'),
    'model',
    false,
  ],
  [
    'a model that wants an inference profile',
    http(400, 'Invocation of model ID x with on-demand throughput isn’t supported'),
    'model',
    false,
  ],
  [
    'a model without access',
    http(403, "You don't have access to the model with the specified model ID."),
    'model',
    false,
  ],
  [
    'a content filter',
    http(400, 'x', { error: { code: 'content_filter', message: 'filtered' } }),
    'content_filter',
    false,
  ],
  ['another bad request', http(400, 'tools.0.name: too short'), 'unknown', false],
  ['422', http(422), 'unknown', false],
  ['something unforeseen', new Error('boom'), 'unknown', false],
  ['nothing at all', undefined, 'unknown', false],
];

test.each(cases)('%s', (_name, error, code, retryable) => {
  expect(classifyError(error, 0)).toMatchObject({ code, retryable });
});

describe('no case of words in the wrong place', () => {
  // An error text is no status: only where nothing better is known do words count.
  test.each([
    ['a port that looks like a status', network('ECONNREFUSED 127.0.0.1:5029'), 'network'],
    ['a 400 that mentions a rate', http(400, 'sampling_rate: must be at most 2'), 'unknown'],
  ])('T-9 %s', (_name, error, code) => {
    expect(classifyError(error, 0).code).toBe(code);
  });
});

test('Retry-After is kept', () => {
  expect(classifyError(http(429, 'x', undefined, { 'Retry-After': '12' }), 0).retryAfterMs).toBe(12_000);
  expect(classifyError(http(503), 0).retryAfterMs).toBeUndefined();
});

test('neither sentence nor cause hold a key, a URL’s query or the request', () => {
  const error = classifyError(
    http(
      401,
      'Incorrect API key provided: sk-abc123def456. See https://models.example.com/keys?session=topsecret',
    ),
    0,
  );
  const everything = `${error.sentence} ${error.message} ${String(error.cause)} ${JSON.stringify(error.cause)}`;
  for (const secret of ['sk-abc123def456', 'topsecret', 'private words'])
    expect(everything).not.toContain(secret);
  expect(error.cause).not.toBeInstanceOf(APICallError);
});

test('a sentence tells the status, and what the provider said where an administrator needs it', () => {
  expect(classifyError(http(400, 'tools.0.name: too short'), 0).sentence).toBe(
    'The model refused the request (HTTP 400). It said: “tools.0.name: too short”',
  );
  expect(classifyError(http(529), 0).sentence).toBe('The model is overloaded (HTTP 529).');
});

test('a ModelError stays what it is', () => {
  const error = new ModelError({ retryable: true, code: 'silence', sentence: 'Nothing came.' });
  expect(classifyError(error, 0)).toBe(error);
});
