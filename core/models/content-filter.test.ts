import { expect, test } from 'vitest';
import { contentFiltered } from './content-filter.ts';

test.each([
  [
    'Anthropic’s category',
    'refusal',
    { anthropic: { stopDetails: { type: 'refusal', category: 'bio' } } },
    'bio',
  ],
  ['Anthropic without details', 'refusal', { anthropic: { usage: {} } }, 'refusal'],
  ['Bedrock', 'guardrail_intervened', undefined, 'guardrail_intervened'],
  ['OpenAI', 'content_filter', { openai: { responseId: 'r' } }, 'content_filter'],
  ['a reason that is a sentence', 'You wrote something bad', { anthropic: { stopDetails: 3 } }, undefined],
  ['no reason', undefined, null, undefined],
])('K-27 the category of %s', (_name, rawFinishReason, providerMetadata, category) => {
  const error = contentFiltered('anthropic/claude-x', { rawFinishReason, providerMetadata });
  const named = category ? ` (${category})` : '';
  expect(error).toMatchObject({ code: 'content_filter', retryable: false, retryAfterMs: undefined });
  expect(error.sentence).toBe(
    `The model’s content filter refused this request${named}. Put it in other words to try again.`,
  );
  expect(error.adminSentence).toMatch(/^anthropic\/claude-x failed with content_filter/);
  if (category) expect(error.adminSentence).toContain(category);
});
