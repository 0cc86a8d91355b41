import { StreamProviderError } from 'ai';
import { again, answered, type ErrorFixture, final } from './fixture.ts';

/** Bedrock's error: a sentence in the body, its name in a header. */
function refused(
  name: string,
  status: number,
  type: string,
  message: string,
  expected: ErrorFixture['expected'],
): ErrorFixture {
  return answered(name, status, { message }, expected, {
    'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
    'x-amzn-requestid': 'ca47a5ce-e260-4824-aa0e-2e62669d5d6e',
  });
}

/** An exception of the event stream, as the provider turns it into an error; `exception` is its frame. */
function exception(
  type: string,
  statusCode: number,
  message: string,
  expected: ErrorFixture['expected'],
): ErrorFixture {
  const data = { [type]: { message } };
  const error = new StreamProviderError({ message, type, statusCode, data });
  return { name: `${type}: ${message}`, error, expected, exception: [type, message] };
}

export const bedrockErrors: ErrorFixture[] = [
  refused(
    'too many tokens',
    429,
    'ThrottlingException',
    'Too many tokens, please wait before trying again.',
    again('rate_limit'),
  ),
  refused(
    'too many tokens of a day',
    429,
    'ThrottlingException',
    'Too many tokens per day, please wait.',
    again('rate_limit'),
  ),
  refused(
    'K-49 throttled, said with a quota',
    400,
    'ThrottlingException',
    'You exceeded the account quota.',
    again('rate_limit'),
  ),
  refused(
    'a model that is not ready',
    429,
    'ModelNotReadyException',
    'The model is not ready.',
    again('overloaded'),
  ),
  refused(
    'a model that took too long',
    408,
    'ModelTimeoutException',
    'The request took too long.',
    again('server'),
  ),
  refused(
    'a model that failed',
    424,
    'ModelErrorException',
    'An error occurred in the model.',
    again('server'),
  ),
  refused('an error of the service', 500, 'InternalServerException', 'Internal error.', again('server')),
  refused(
    'a service that is away',
    503,
    'ServiceUnavailableException',
    'Bedrock is unable to process your request.',
    again('server'),
  ),
  refused(
    'a service quota',
    400,
    'ServiceQuotaExceededException',
    'The quota of this service is exceeded.',
    final('quota'),
  ),
  refused(
    'no permission',
    403,
    'AccessDeniedException',
    'User: arn:aws:sts::111122223333:assumed-role/run-turn is not authorized to perform: bedrock:InvokeModelWithResponseStream',
    final('auth'),
  ),
  refused(
    'an expired session',
    403,
    'ExpiredTokenException',
    'The security token included in the request is expired',
    final('auth'),
  ),
  refused(
    'a wrong signature',
    403,
    'InvalidSignatureException',
    'The request signature does not match.',
    final('auth'),
  ),
  refused(
    'an unknown key',
    403,
    'UnrecognizedClientException',
    'The security token is invalid.',
    final('auth'),
  ),
  refused(
    'no access to the model',
    403,
    'AccessDeniedException',
    "You don't have access to the model with the specified model ID.",
    final('model'),
  ),
  refused(
    'a model that has to be subscribed to',
    403,
    'AccessDeniedException',
    'Model access is denied due to missing AWS Marketplace actions.',
    final('model'),
  ),
  refused(
    'a form that is not filled out',
    404,
    'ResourceNotFoundException',
    'Model use case details have not been submitted.',
    final('model'),
  ),
  refused(
    'a model for inference profiles only',
    400,
    'ValidationException',
    'Invocation of model ID m with on-demand throughput isn’t supported. Retry with the ID of an inference profile.',
    final('model'),
  ),
  refused(
    'an identifier that is none',
    400,
    'ValidationException',
    'The provided model identifier is invalid.',
    final('model'),
  ),
  refused(
    'a country that is not served',
    400,
    'ValidationException',
    'Access to these models is not allowed from unsupported countries, regions, or territories.',
    final('blocked'),
  ),
  refused(
    'an input that is too long',
    400,
    'ValidationException',
    'Input is too long for requested model.',
    final('context'),
  ),
  refused(
    'another refusal',
    400,
    'ValidationException',
    'The toolConfig field must be defined.',
    final('unknown'),
  ),
  exception('throttlingException', 429, 'Too many requests, please wait.', again('rate_limit')),
  exception('serviceUnavailableException', 503, 'The service is not available.', again('server')),
  exception('internalServerException', 500, 'An internal error occurred.', again('server')),
  exception('modelStreamErrorException', 424, 'An error occurred while streaming.', again('server')),
  exception('validationException', 400, 'Input is too long for requested model.', final('context')),
  exception('validationException', 400, 'Something is not valid.', final('unknown')),
];
