import { APICallError } from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { classifyError, type FailedRequest } from './classify-error.ts';
import { ModelError } from './contract.ts';

// Which error is of which class is tried in error-fixtures.test.ts.

const question = 'What does the contract with our oldest customer say about prices?';
const request: FailedRequest = {
  model: 'openai/gpt-x',
  attempt: 1,
  instructions: 'Answer in the words of our support handbook.',
  messages: [{ role: 'user', content: [{ type: 'text', text: question }] }],
};

function http(statusCode: number, message: string, responseHeaders: Record<string, string> = {}) {
  return new APICallError({
    message,
    url: 'https://models.example.com/v1/chat?api_key=topsecret',
    requestBodyValues: { messages: request.messages },
    statusCode,
    responseHeaders,
    responseBody: JSON.stringify({ error: { message, code: 'some_code' } }),
  });
}

test('people read what happened; administrators which model, status, code, request and what to do', () => {
  const error = classifyError(http(529, 'Overloaded', { 'request-id': 'req_1' }), 0, request);
  expect(error.sentence).toBe('The model is overloaded.');
  expect(error.adminSentence).toBe(
    'openai/gpt-x failed with overloaded (HTTP 529 some_code, request req_1): “Overloaded”. Nothing is wrong on our side. If it lasts, look at the provider’s status page or set another model.',
  );
});

test('where an administrator reads the thread, what the provider said stands in the sentence too', () => {
  expect(classifyError(http(400, 'tools.0.name: too short'), 0).sentence).toBe(
    'The model refused the request. Put it in other words, or tell an administrator. It said: “tools.0.name: too short”',
  );
  expect(classifyError(http(401, 'bad key'), 0).sentence).not.toContain('bad key');
});

test.each([
  ['x-request-id', 'req_c8a9'],
  ['x-amzn-requestid', 'ca47a5ce-e260-4824-aa0e-2e62669d5d6e'],
  ['apim-request-id', '1-2-3'],
  ['cf-ray', '9510cccdcebc0327-MAD'],
])('the request’s id is that of %s', (name, id) => {
  expect(classifyError(http(500, 'x', { [name]: id }), 0).adminSentence).toContain(`request ${id}`);
});

test('an id that is no id is left out', () => {
  const { adminSentence } = classifyError(http(500, 'x', { 'x-request-id': 'two words <b>' }), 0);
  expect(adminSentence).not.toContain('two words');
});

test('neither sentence nor cause hold a key, a URL’s query, headers, or what was sent', () => {
  const said = `Incorrect API key provided: sk-abc123def456. See https://models.example.com/keys?session=topsecret for “${question}”; you are told: Answer in the words of our support handbook.`;
  const error = classifyError(
    http(400, said, { authorization: 'Bearer abcdefgh', 'set-cookie': 'a=b' }),
    0,
    request,
  );
  const everything = `${error.sentence} ${error.adminSentence} ${error.message} ${String(error.cause)} ${JSON.stringify(error)}`;
  for (const secret of [
    'sk-abc123def456',
    'topsecret',
    'abcdefgh',
    'a=b',
    'oldest customer',
    'support handbook',
  ])
    expect(everything).not.toContain(secret);
  expect(error.cause).not.toBeInstanceOf(APICallError);
});

test('a wait is told for what is tried again only', () => {
  expect(classifyError(http(429, 'x', { 'retry-after': '12' }), 0).retryAfterMs).toBe(12_000);
  expect(classifyError(http(503, 'x'), 0).retryAfterMs).toBeUndefined();
  expect(classifyError(http(401, 'x', { 'retry-after': '12' }), 0).retryAfterMs).toBeUndefined();
});

test('a ModelError stays what it is', () => {
  const error = new ModelError({ retryable: true, code: 'silence', sentence: 'Nothing came.' });
  expect(classifyError(error, 0, request)).toBe(error);
});
