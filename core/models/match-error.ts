import type { ErrorFacts } from './error-facts.ts';

/** Whether an error is of a kind. */
export type ErrorTest = (facts: ErrorFacts) => boolean;

/** Statuses that say by themselves that another try may work: no sentence beside them counts. */
const transient: readonly (number | undefined)[] = [408, 429, 502, 503, 504];

/** One of these patterns in what was said, which is in lower case; nothing counts beside a transient status. */
export const says =
  (...patterns: RegExp[]): ErrorTest =>
  ({ text, status }) =>
    !transient.includes(status) && patterns.some((pattern) => pattern.test(text));

/** One of these names, codes or types, in lower case, at any status. */
export const names =
  (...words: string[]): ErrorTest =>
  (facts) =>
    words.some((word) => facts.words.has(word));

/** One of these HTTP statuses. */
export const answered =
  (...statuses: number[]): ErrorTest =>
  ({ status }) =>
    status !== undefined && statuses.includes(status);

/** At least one of the tests. */
export const any =
  (...tests: ErrorTest[]): ErrorTest =>
  (facts) =>
    tests.some((test) => test(facts));

/** Each of the tests. */
export const all =
  (...tests: ErrorTest[]): ErrorTest =>
  (facts) =>
    tests.every((test) => test(facts));
