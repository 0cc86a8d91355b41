import { expect, test } from 'vitest';
import { costOf } from './cost.ts';

const prices = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
const million = 1_000_000;

test.each([
  ['input and output', { inputTokens: million, outputTokens: million }, 18],
  [
    'cached tokens are part of the input',
    { inputTokens: million, outputTokens: 0, cacheReadTokens: million },
    0.3,
  ],
  ['written ones too', { inputTokens: million, outputTokens: 0, cacheWriteTokens: 400_000 }, 3.3],
  [
    'reasoning is part of the output',
    { inputTokens: 0, outputTokens: million, reasoningTokens: million },
    15,
  ],
  ['one token', { inputTokens: 1, outputTokens: 0 }, 0.000003],
  ['nothing', { inputTokens: 0, outputTokens: 0 }, 0],
])('81 %s', (_name, usage, expected) => {
  expect(costOf(usage, { prices })).toBe(expected);
});

test.each([
  ['no prices', { inputTokens: 1, outputTokens: 1 }, {}],
  [
    'no price of what was used',
    { inputTokens: 2, outputTokens: 1, cacheReadTokens: 1 },
    { prices: { input: 1, output: 1 } },
  ],
  [
    'longer than the prices hold',
    { inputTokens: 11, outputTokens: 1 },
    { prices: { ...prices, upToTokens: 10 } },
  ],
])('81 unknown: %s', (_name, usage, facts) => {
  expect(costOf(usage, facts)).toBeUndefined();
});

test('a price that is not needed may be missing', () => {
  expect(costOf({ inputTokens: million, outputTokens: 0 }, { prices: { input: 1, output: 1 } })).toBe(1);
});
