import { StreamProviderError } from 'ai';
import { again, answered, type ErrorFixture, events, final } from './fixture.ts';

const failure = (code: string | null, message: string, type: string = code ?? 'invalid_request_error') => ({
  error: { message, type, param: null, code },
});
const created = {
  type: 'response.created',
  response: { id: 'resp_1', created_at: 1_795_262_400, model: 'gpt-x', service_tier: null },
};
const item = { type: 'message', id: 'msg_1', status: 'in_progress', role: 'assistant', content: [] };
const begun: [string, unknown][] = [
  ['response.created', created],
  ['response.output_item.added', { type: 'response.output_item.added', output_index: 0, item }],
  [
    'response.output_text.delta',
    {
      type: 'response.output_text.delta',
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta: 'Hello',
    },
  ],
];

/** `response.failed` after the answer has begun. */
function failed(
  name: string,
  code: string,
  message: string,
  statusCode: number,
  expected: ErrorFixture['expected'],
) {
  const frame = {
    type: 'response.failed',
    sequence_number: 9,
    response: { error: { code, message }, incomplete_details: null, usage: null },
  };
  const error = new StreamProviderError({ message, type: 'response.failed', code, statusCode, data: frame });
  return { name, error, expected, wire: events(...begun, ['response.failed', frame]) };
}

/** An `error` event after the answer has begun. */
function broke(
  name: string,
  code: string,
  message: string,
  statusCode: number,
  expected: ErrorFixture['expected'],
) {
  const frame = { type: 'error', sequence_number: 9, error: { type: code, code, message, param: null } };
  const error = new StreamProviderError({ message, type: code, code, statusCode, data: frame });
  return { name, error, expected, wire: events(...begun, ['error', frame]) };
}

export const openAIErrors: ErrorFixture[] = [
  answered(
    '429 with both forms of Retry-After: milliseconds are finer',
    429,
    failure(
      'rate_limit_exceeded',
      'Rate limit reached for gpt-x on tokens per min (TPM): Limit 30000, Used 30000, Requested 247. Please try again in 494ms.',
      'tokens',
    ),
    again('rate_limit', 494),
    {
      'retry-after': '1',
      'retry-after-ms': '494',
      'x-ratelimit-remaining-requests': '9999',
      'x-ratelimit-reset-requests': '6ms',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '1m0.052s',
    },
  ),
  answered(
    '429 with resets alone: that of the tokens, for they are used up',
    429,
    failure('rate_limit_exceeded', 'Rate limit reached', 'tokens'),
    again('rate_limit', 60_052),
    {
      'x-ratelimit-remaining-requests': '9999',
      'x-ratelimit-reset-requests': '8h0m0s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '1m0.052s',
    },
  ),
  answered(
    '429 with words alone',
    429,
    failure(
      'rate_limit_exceeded',
      'Rate limit reached. Please try again in 9.816s. See the limits page.',
      'tokens',
    ),
    again('rate_limit', 9_816),
  ),
  answered(
    'K-49 insufficient_quota under 429 is terminal',
    429,
    failure(
      'insufficient_quota',
      'You exceeded your current quota, please check your plan and billing details.',
    ),
    final('quota'),
  ),
  answered(
    'K-49 quota words under 429 are a rate limit',
    429,
    failure(null, 'You exceeded your current quota of requests per minute.', 'requests'),
    again('rate_limit'),
  ),
  answered(
    'an account without billing',
    429,
    failure('billing_not_active', 'Your account is not active, please check your billing details.'),
    final('quota'),
  ),
  answered(
    'one request above a minute’s tokens: waiting does not make it smaller',
    429,
    failure(
      'rate_limit_exceeded',
      'Request too large for gpt-x in organization org-1 on tokens per min (TPM): Limit 30000, Requested 30601. The input or output tokens must be reduced.',
      'tokens',
    ),
    final('context'),
  ),
  answered(
    '401 that repeats the key',
    401,
    failure(
      'invalid_api_key',
      'Incorrect API key provided: sk-proj-abc123def456ghi789.',
      'invalid_request_error',
    ),
    final('auth'),
    { 'x-request-id': 'req_c8a9fixture' },
  ),
  answered(
    '403 from a country that is not served',
    403,
    failure(
      'unsupported_country_region_territory',
      'Country, region, or territory not supported',
      'request_forbidden',
    ),
    final('blocked'),
  ),
  answered(
    'a model that does not exist',
    404,
    failure(
      'model_not_found',
      'The model `gpt-z` does not exist or you do not have access to it.',
      'invalid_request_error',
    ),
    final('model'),
  ),
  answered(
    'a model for verified organizations',
    400,
    failure(
      'unsupported_value',
      'Your organization must be verified to stream this model.',
      'invalid_request_error',
    ),
    final('model'),
  ),
  answered(
    'a conversation that is too long',
    400,
    failure(
      'context_length_exceeded',
      'Your input exceeds the context window of this model.',
      'invalid_request_error',
    ),
    final('context'),
  ),
  answered(
    'a prompt that was flagged',
    400,
    failure(
      'invalid_prompt',
      'Your prompt was flagged as potentially violating our usage policy.',
      'invalid_request_error',
    ),
    final('content_filter'),
  ),
  answered(
    'T-9 a parameter whose name holds a word of another class',
    400,
    failure(
      'invalid_value',
      "Invalid value for 'tools[0].name': 'rate_limit_quota_timeout'",
      'invalid_request_error',
    ),
    final('unknown'),
  ),
  answered(
    'a person’s words in the refusal',
    400,
    failure('invalid_value', 'Invalid content: private words of the conversation', 'invalid_request_error'),
    final('unknown'),
  ),
  answered('500', 500, failure(null, 'The server had an error', 'server_error'), again('server')),
  answered(
    '503',
    503,
    failure(null, 'The engine is currently overloaded', 'server_error'),
    again('overloaded'),
  ),
  {
    ...answered(
      'a stream that fails before its first word: the SDK makes a failed call of it',
      429,
      {
        type: 'error',
        error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'x', param: null },
      },
      final('quota'),
    ),
    wire: events(
      ['response.created', created],
      [
        'error',
        {
          type: 'error',
          sequence_number: 1,
          error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'x', param: null },
        },
      ],
    ),
  },
  failed('response.failed: server_error', 'server_error', 'An error occurred.', 500, again('server')),
  failed(
    'response.failed: a rate limit with its wait in words',
    'rate_limit_exceeded',
    'Rate limit reached on tokens per min. Please try again in 1.5s.',
    429,
    again('rate_limit', 1_500),
  ),
  failed(
    'response.failed: a context that is full',
    'context_length_exceeded',
    'Your input exceeds the context window of this model.',
    400,
    final('context'),
  ),
  broke(
    'an error event: overloaded',
    'server_is_overloaded',
    'Our servers are currently overloaded.',
    503,
    again('overloaded'),
  ),
  broke(
    'an error event: no quota left',
    'insufficient_quota',
    'You exceeded your current quota.',
    429,
    final('quota'),
  ),
  broke('an error event of the server', 'server_error', 'The server had an error.', 500, again('server')),
];
