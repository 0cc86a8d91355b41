import { StreamProviderError } from 'ai';
import { again, answered, type ErrorFixture, events, final } from './fixture.ts';

const failure = (type: string, message: string, details?: unknown) => ({
  type: 'error',
  error: { type, message, ...(details ? { details } : {}) },
  request_id: 'req_011Fixture0000000000',
});

/** The beginning of an answer, then an `error` event. */
function midway(
  name: string,
  type: string,
  message: string,
  statusCode: number,
  expected: ErrorFixture['expected'],
) {
  const message_start = {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-x',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 9, output_tokens: 1 },
    },
  };
  const start = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
  const delta = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } };
  const error = new StreamProviderError({ message, type, statusCode, data: { type, message } });
  const wire = events(
    ['message_start', message_start],
    ['content_block_start', start],
    ['content_block_delta', delta],
    ['error', failure(type, message)],
  );
  return { name, error, expected, wire };
}

export const anthropicErrors: ErrorFixture[] = [
  answered('529 overloaded', 529, failure('overloaded_error', 'Overloaded'), again('overloaded')),
  answered(
    '429 with Retry-After, and a reset that is not asked then',
    429,
    failure('rate_limit_error', 'This request would exceed the rate limit of your organization.'),
    again('rate_limit', 17_000),
    {
      'retry-after': '17',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2026-11-21T12:10:00Z',
    },
  ),
  answered(
    '429 without Retry-After: the reset of what is used up counts',
    429,
    failure('rate_limit_error', 'Rate limited'),
    again('rate_limit', 45_000),
    {
      'anthropic-ratelimit-requests-remaining': '12',
      'anthropic-ratelimit-requests-reset': '2026-11-21T13:00:00Z',
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-11-21T12:00:45Z',
      'anthropic-ratelimit-tokens-remaining': '0',
      'anthropic-ratelimit-tokens-reset': '2026-11-21T12:00:30Z',
    },
  ),
  answered(
    'K-49 a limit of the account under 429 is a rate limit, whatever the words',
    429,
    failure('rate_limit_error', 'You exceeded the usage limit of this minute; see your plan and billing.'),
    again('rate_limit'),
  ),
  answered(
    'K-49 a month’s spending limit under 429 is none',
    429,
    failure('rate_limit_error', 'The spend limit is reached.', {
      error_code: 'enforced_spend_limit_reached',
    }),
    final('quota'),
  ),
  answered(
    'a limit that the owner set',
    400,
    failure(
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
    final('quota'),
  ),
  answered(
    'a credit balance that is too low',
    400,
    failure('invalid_request_error', 'Your credit balance is too low to access the API.'),
    final('quota'),
  ),
  answered('402', 402, failure('billing_error', 'There is a problem with your billing.'), final('quota')),
  answered('401', 401, failure('authentication_error', 'invalid x-api-key'), final('auth')),
  answered('403', 403, failure('permission_error', 'Your key has no permission for this.'), final('auth')),
  answered(
    '403 from a country that is not served',
    403,
    { error: { type: 'forbidden', message: 'Request not allowed' } },
    final('blocked'),
  ),
  answered(
    'an organization that is disabled',
    400,
    failure('invalid_request_error', 'This organization has been disabled.'),
    final('disabled'),
  ),
  answered('404 of a model', 404, failure('not_found_error', 'model: claude-y not found'), final('model')),
  answered(
    '413 of a request that is too large',
    413,
    failure('request_too_large', 'Request exceeds the maximum size'),
    final('context'),
  ),
  answered(
    'a prompt that is too long',
    400,
    failure('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
    final('context'),
  ),
  answered(
    'a prompt that leaves no room for the answer',
    400,
    failure(
      'invalid_request_error',
      'input length and `max_tokens` exceed context limit: 178959 + 64000 > 200000, decrease one of them',
    ),
    final('context'),
  ),
  answered(
    'an answer that a filter took back',
    400,
    failure('invalid_request_error', 'Output blocked by content filtering policy'),
    final('content_filter'),
  ),
  answered(
    'T-9 a bad tool whose description speaks of limits and keys',
    400,
    failure(
      'invalid_request_error',
      'tools.0.description: "counts overloaded servers, 503 errors and api keys"',
    ),
    final('unknown'),
  ),
  answered('500', 500, failure('api_error', 'Internal server error'), again('server')),
  answered('504', 504, failure('timeout_error', 'The request timed out'), again('server')),
  {
    ...answered(
      'a stream whose first event is an error: the SDK makes a failed call of it',
      529,
      { type: 'overloaded_error', message: 'Overloaded' },
      again('overloaded'),
    ),
    wire: events(['error', failure('overloaded_error', 'Overloaded')]),
  },
  midway('overloaded in the middle', 'overloaded_error', 'Overloaded', 529, again('overloaded')),
  midway('an error of the server in the middle', 'api_error', 'Internal server error', 500, again('server')),
  midway('a rate limit in the middle', 'rate_limit_error', 'Rate limited', 429, again('rate_limit')),
  midway('a refusal in the middle', 'invalid_request_error', 'Something was odd.', 400, final('unknown')),
];
