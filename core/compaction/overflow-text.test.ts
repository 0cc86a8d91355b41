import { expect, test } from 'vitest';
import { saysTooLong } from './overflow-text.ts';

test.each([
  ['Prompt is too long', true],
  ['prompt is too long: 204117 tokens > 200000 maximum', true],
  ['Error: Request too large for this model.', true],
  ["This model's maximum context length is 8192 tokens.", true],
  ['{"error":{"code":"context_length_exceeded"}}', true],
  ['The input tokens exceed the configured limit of 272000 tokens.', true],
  ['Input is too long for requested model.', true],
  ['Content length exceeds the limit.', true],
  ['They agreed that the report is too long.', false],
  ['The prompt was shortened.', false],
  [`They looked into “prompt is too long”. ${'It came from the nightly job. '.repeat(12)}`, false],
  ['', false],
])('T-71 %s', (text, refusal) => {
  expect(saysTooLong(text)).toBe(refusal);
});
