import { InvalidResponseDataError } from '@ai-sdk/provider';
import { StreamProviderError } from 'ai';
import { again, answered, type ErrorFixture, events, FIXTURES_AT, final } from './fixture.ts';

const piece = { id: 'c1', created: 1, model: 'm', choices: [{ index: 0, delta: { content: 'Hello' } }] };

/** An error object instead of a chunk, after the answer has begun. */
function broke(
  name: string,
  error: { message: string; type?: string; code?: string | number },
  expected: ErrorFixture['expected'],
): ErrorFixture {
  const status = typeof error.code === 'number' ? { statusCode: error.code } : {};
  const body = [piece, { error }].map((data) => `data: ${JSON.stringify(data)}\n\n`).join('');
  return {
    name,
    error: new StreamProviderError({ ...error, ...status, data: error }),
    expected,
    wire: { ...events(), body },
  };
}

export const openAICompatibleErrors: ErrorFixture[] = [
  // vLLM
  answered(
    'vLLM: a context that is full, the error not wrapped',
    400,
    {
      object: 'error',
      message: "This model's maximum context length is 131072 tokens. However, you requested 156632 tokens.",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    final('context'),
  ),
  answered(
    'vLLM: a context that is full, in its newer words',
    400,
    {
      error: {
        message:
          "You passed 1015 input tokens and requested 10 output tokens. However, the model's context length is only 1024 tokens.",
        type: 'BadRequestError',
        param: 'input_tokens',
        code: 400,
      },
    },
    final('context'),
  ),
  answered('a path that nobody serves', 404, { detail: 'Not Found' }, final('config')),
  answered('a method that nobody serves', 405, { detail: 'Method Not Allowed' }, final('config')),
  // llama.cpp
  answered(
    'llama.cpp: a context that is full',
    400,
    {
      error: {
        code: 400,
        message:
          'request (124315 tokens) exceeds the available context size (123904 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 124_315,
        n_ctx: 123_904,
      },
    },
    final('context'),
  ),
  answered(
    'llama.cpp: the same as a 500',
    500,
    {
      error: { code: 500, message: 'the request exceeds the limit', type: 'exceed_context_size_error' },
    },
    final('context'),
  ),
  // Ollama
  answered(
    'Ollama: a model that is not there',
    404,
    {
      error: {
        message: 'model "mistral" not found, try pulling it first',
        type: 'api_error',
        param: null,
        code: null,
      },
    },
    final('model'),
  ),
  // Groq
  answered(
    'Groq: one request above a minute’s tokens',
    413,
    {
      error: {
        message:
          'Request too large for model `llama-x` on tokens per minute (TPM): Limit 12000, Requested 14137, please reduce your message size.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    final('context'),
  ),
  // Azure
  answered(
    'Azure: its content filter',
    400,
    {
      error: {
        message: 'The response was filtered due to the prompt triggering the content management policy.',
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: { violence: { filtered: true } },
        },
      },
    },
    final('content_filter'),
  ),
  answered(
    'Azure: a day’s tokens, the wait in words',
    429,
    {
      error: {
        code: '429',
        message: 'You have exceeded the token rate limit. Please retry after 86400 seconds.',
      },
    },
    again('rate_limit', 86_400_000),
  ),
  answered(
    'Azure: a reset in plain seconds, beside values it does not know',
    429,
    { error: { code: '429', message: 'Too many requests' } },
    again('rate_limit', 7_000),
    {
      'x-ratelimit-remaining-tokens': '-1',
      'x-ratelimit-reset-tokens': '0',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '7',
    },
  ),
  // OpenRouter
  answered(
    'OpenRouter: no credits',
    402,
    { error: { code: 402, message: 'This request requires more credits.' } },
    final('quota'),
  ),
  answered(
    'OpenRouter: a 402 that passes',
    402,
    {
      error: {
        code: 402,
        message: 'Too much is in flight.',
        metadata: { limit_source: 'openrouter_in_flight_budget' },
      },
    },
    again('rate_limit', 5_000),
    { 'retry-after': '5' },
  ),
  answered(
    'OpenRouter: a limit whose reset is in the body',
    429,
    {
      error: {
        code: 429,
        message: 'Rate limit exceeded: free-models-per-min.',
        metadata: {
          headers: {
            'X-RateLimit-Limit': '20',
            'X-RateLimit-Remaining': '0',
            'X-RateLimit-Reset': String(FIXTURES_AT + 30_000),
          },
        },
      },
    },
    again('rate_limit', 30_000),
  ),
  answered(
    'OpenRouter: input that was flagged',
    403,
    {
      error: {
        code: 403,
        message: 'This model requires moderation. Your input was flagged.',
        metadata: { reasons: ['violence'], flagged_input: 'private words', provider_name: 'p' },
      },
    },
    final('content_filter'),
  ),
  answered(
    'OpenRouter: a provider whose own error is text inside',
    400,
    {
      error: {
        code: 400,
        message: 'Provider returned error',
        metadata: {
          raw: '{"error":{"message":"prompt is too long: 9 tokens > 8 maximum"}}',
          provider_name: 'p',
        },
      },
    },
    final('context'),
  ),
  answered(
    'OpenRouter: a model that is down',
    502,
    { error: { code: 502, message: 'Provider returned error' } },
    again('server'),
  ),
  // LiteLLM
  answered(
    'LiteLLM: a status as text',
    401,
    {
      error: {
        message: 'Authentication Error, no key was passed in',
        type: 'auth_error',
        param: 'None',
        code: '401',
      },
    },
    final('auth'),
  ),
  // DeepSeek
  answered(
    'DeepSeek: no balance',
    402,
    {
      error: {
        message: 'Insufficient Balance',
        type: 'unknown_error',
        param: null,
        code: 'invalid_request_error',
      },
    },
    final('quota'),
  ),
  // Anything
  answered('an error that is only a string', 400, { error: 'model "x" not found' }, final('model')),
  answered('an error in plain text', 500, 'internal error', again('server')),
  answered('an empty error', 503, '', again('server')),
  answered(
    '422 of a form that is not liked',
    422,
    { detail: [{ loc: ['body'], msg: 'bad' }] },
    final('unknown'),
  ),
  // In the middle of an answer.
  broke(
    'a server’s error in the middle',
    { message: 'The server had an error', type: 'server_error' },
    again('server'),
  ),
  broke('a status in the middle', { message: 'Provider disconnected', code: 502 }, again('server')),
  broke(
    'a rate limit in the middle',
    { message: 'slow down', code: 'rate_limit_exceeded' },
    again('rate_limit'),
  ),
  broke(
    'T-9 a refusal in the middle that quotes a connection',
    { message: 'connection reset is no valid tool name', type: 'invalid_request_error' },
    final('unknown'),
  ),
  broke(
    'an overloaded engine in the middle',
    { message: 'The engine is overloaded, retry later' },
    again('overloaded'),
  ),
  {
    name: 'a stream without an end',
    error: new InvalidResponseDataError({
      data: undefined,
      message: 'Response stream ended without a finish reason.',
    }),
    expected: again('server'),
    wire: { ...events(), body: `data: ${JSON.stringify(piece)}\n\n` },
  },
];
