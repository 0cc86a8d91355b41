import { APICallError } from '@ai-sdk/provider';
import type { ModelMessage } from 'ai';
import { expect, test } from 'vitest';
import { refusesOwnParts, withoutProviderParts } from './provider-parts.ts';

const refusal = (statusCode: number, error: object) =>
  new APICallError({
    message: 'refused',
    url: 'https://models.example.com',
    requestBodyValues: {},
    statusCode,
    responseBody: JSON.stringify({ error }),
  });

const latest =
  'messages.3.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.';

test.each<[number, { message: string; code?: string }, boolean]>([
  [
    404,
    { message: "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false." },
    true,
  ],
  [
    400,
    { message: "Previous response with id 'resp_1' not found.", code: 'previous_response_not_found' },
    true,
  ],
  [400, { message: 'x', code: 'invalid_encrypted_content' }, true],
  [400, { message: 'The encrypted content gAAA...DQ== could not be verified.' }, true],
  [
    400,
    { message: "Item 'rs_1' of type 'reasoning' was provided without its required following item." },
    true,
  ],
  [400, { message: 'messages.1.content.0: Invalid `signature` in `thinking` block' }, true],
  [400, { message: latest }, true],
  [
    400,
    {
      message:
        'messages.5.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.',
    },
    true,
  ],
  [404, { message: 'The model `x` does not exist', code: 'model_not_found' }, false],
  [400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' }, false],
  [400, { message: 'thinking.budget_tokens: must be at least 1024' }, false],
  [429, { message: 'Item with id rs_1 not found' }, false],
  [500, { message: 'Invalid `signature` in `thinking` block' }, false],
])('K-39 refusesOwnParts: %i %o is %s', (status, error, expected) => {
  expect(refusesOwnParts(refusal(status, error))).toBe(expected);
});

function searched(id: string): ModelMessage {
  return {
    role: 'assistant',
    content: [
      { type: 'reasoning', text: 'hm', providerOptions: { anthropic: { signature: 's' } } },
      { type: 'tool-call', toolCallId: id, toolName: 'web_search', input: {}, providerExecuted: true },
      { type: 'tool-result', toolCallId: id, toolName: 'web_search', output: { type: 'json', value: [] } },
      { type: 'text', text: 'Found.', providerOptions: { openai: { itemId: 'msg_1' } } },
      {
        type: 'tool-call',
        toolCallId: 'c1',
        toolName: 'add',
        input: {},
        providerOptions: { openai: { itemId: 'fc_1' } },
      },
    ],
  };
}
const answered: ModelMessage = {
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'add', output: { type: 'json', value: 1 } }],
};
test('K-39 withoutProviderParts keeps what was said, asked and answered, and nothing only a provider reads', () => {
  const [said, result] = withoutProviderParts([searched('srvtoolu_1'), answered]);
  expect(said).toEqual({
    role: 'assistant',
    content: [
      { type: 'text', text: 'Found.' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'add', input: {} },
    ],
  });
  expect(result).toEqual(answered);
});
