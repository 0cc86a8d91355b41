import { describe, expect, test } from 'vitest';
import { overflowIn } from './overflow-text.ts';

const answer = (text: string, outputTokens = 12) => ({
  text,
  toolCalls: [],
  usage: { inputTokens: 5, outputTokens },
});

describe('T-71 an overflow that comes as the text of an answer', () => {
  test.each([
    'prompt is too long: 210000 tokens > 200000 maximum',
    'API Error: 400 prompt is too long: 210000 tokens > 200000 maximum.',
    'input length and `max_tokens` exceed context limit: 178959 + 64000 > 200000, decrease input length or `max_tokens` and try again',
    "This model's maximum context length is 131072 tokens. However, you requested 156632 tokens (152536 in the messages, 4096 in the completion).",
    'request (124315 tokens) exceeds the available context size (123904 tokens), try increasing it',
  ])('%s', (text) => {
    expect(overflowIn(answer(text), 'm')).toMatchObject({ code: 'context', retryable: false });
  });

  test.each([
    'Prompt is too long',
    'Input is too long for requested model.',
    ' Context size has been exceeded. ',
  ])('without sizes, where nothing was generated: %s', (text) => {
    expect(overflowIn(answer(text, 0), 'm')).toMatchObject({ code: 'context', retryable: false });
    // Somebody may have asked for these very words.
    expect(overflowIn(answer(text, 5), 'm')).toBeUndefined();
  });

  test.each([
    'Your prompt is too long: 210000 tokens > 200000 maximum is what the log says, so shorten the file.',
    'The error “prompt is too long: 210000 tokens > 200000 maximum” means that the request did not fit.',
    'prompt is too long: 210000 tokens > 200000 maximum\n\nThat is the message you asked about.',
    'The prompt is too long for a title. Here is a shorter one.',
    '',
    `This model's maximum context length is 131072 tokens. ${'x'.repeat(300)}`,
  ])('not: %s', (text) => {
    expect(overflowIn(answer(text, 0), 'm')).toBeUndefined();
  });

  test('not: an answer that asks for tools', () => {
    const toolCalls = [{ toolCallId: 'c1', toolName: 't', input: {} }];
    expect(overflowIn({ ...answer('Prompt is too long', 0), toolCalls }, 'm')).toBeUndefined();
  });
});
