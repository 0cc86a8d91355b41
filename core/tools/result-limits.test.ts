import { expect, test } from 'vitest';
import { createResultBudget } from './result-budget.ts';
import { resultLimitBytes, stepLimitBytes } from './result-limits.ts';

test.each([
  ['unknown', undefined, 65_536, 98_304],
  ['0, as a table may have it for unknown', 0, 65_536, 98_304],
  ['4,096', 4_096, 16_384, 24_576],
  ['32,768', 32_768, 32_766, 49_149],
  ['200,000', 200_000, 199_998, 299_997],
  ['1,000,000', 1_000_000, 999_999, 1_499_998],
])('K-31 a window of %s tokens: %s', (_name, contextTokens, each, all) => {
  expect(resultLimitBytes(contextTokens)).toBe(each);
  expect(stepLimitBytes(contextTokens)).toBe(all);
});

/** What results of these sizes get, in the order in which they come. */
const taken = (sizes: number[], contextTokens?: number) => {
  const budget = createResultBudget(sizes.length, contextTokens);
  return sizes.map((bytes) => budget.take(bytes));
};

test('K-31 one result gets what one may have, the next what is left of the step', () => {
  expect(taken([200_000, 200_000])).toEqual([65_536, 98_304 - 65_536]);
});

test('K-31 thirty-two large results stay together within half the window', () => {
  const all = taken(
    Array.from({ length: 32 }, () => 2_000_000),
    200_000,
  );
  expect(all.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(stepLimitBytes(200_000));
  expect(all[0]).toBeGreaterThan(150_000);
  expect(Math.min(...all)).toBe(4_096);
});

test('small results are whole, however large those before them were', () => {
  const sizes = [2_000_000, ...Array.from({ length: 31 }, () => 3_000)];
  expect(taken(sizes).slice(1)).toEqual(sizes.slice(1));
});

test('where there are many, each keeps an even share', () => {
  const all = taken(
    Array.from({ length: 32 }, () => 50_000),
    4_096,
  );
  expect(Math.min(...all)).toBe(768);
  expect(all.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(24_576);
});
