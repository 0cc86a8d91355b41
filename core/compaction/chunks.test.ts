import { expect, test } from 'vitest';
import { previewOf, titleOf } from '../relay/plan/card-text.ts';
import { compactionBegins, compactionDone, compactionFailed } from './chunks.ts';

const place = { step: 4, n: 1 };

test('K-8 48 call, result and failure are one card, in the log’s own words for tools', () => {
  const begins = compactionBegins(place, 41, { tokens: 91_000, contextTokens: 128_000 });
  const done = compactionDone(place, 40);
  const failed = compactionFailed(place, 'The model is busy.');
  expect([begins, done, failed]).toMatchObject([
    { type: 'tool-input-available', toolCallId: 'compaction-4-1', toolName: 'compact_conversation' },
    { type: 'tool-output-available', toolCallId: 'compaction-4-1' },
    { type: 'tool-output-error', toolCallId: 'compaction-4-1', errorText: 'The model is busy.' },
  ]);
});

test.each([
  [41, { tokens: 91_000, contextTokens: 128_000 }, '41 messages, 71 % of what the model can read'],
  [41, { tokens: 64_000 }, '41 messages, 50 % of what the model can read'],
  [4, { tokens: 600, contextTokens: 128_000 }, '4 messages'],
  [1, undefined, '1 message'],
])('a card reads as words for people: %s messages', (messages, used, details) => {
  const begins = compactionBegins(place, messages, used);
  if (begins.type !== 'tool-input-available') throw new Error('not a call');
  expect(titleOf(begins.title, begins.toolName)).toBe('Summarising the conversation');
  expect(previewOf(begins.input)).toBe(details);
});

test('the result says that nothing is lost', () => {
  const done = compactionDone(place, 40);
  expect(done.type === 'tool-output-available' && previewOf(done.output)).toBe(
    'Summarised 40 messages; the whole conversation stays in the thread.',
  );
});

test('a compaction that is tried again has a card of its own', () => {
  const ids = [1, 2].map((n) => compactionFailed({ step: 4, n }, 'x'));
  expect(new Set(ids.map((chunk) => 'toolCallId' in chunk && chunk.toolCallId)).size).toBe(2);
});
