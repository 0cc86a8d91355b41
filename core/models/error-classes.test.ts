import { expect, test } from 'vitest';
import { modelErrorsDocument, readModelErrors } from '../../test/support/model-errors.ts';
import { type ErrorClass, errorClasses } from './error-classes.ts';
import { errorRules } from './error-rules.ts';

const classes = Object.entries<ErrorClass>(errorClasses);

test('docs/model-errors.md has every class as it is: `npm run docs:errors` writes it anew', () => {
  expect(readModelErrors()).toBe(modelErrorsDocument());
});

test.each(classes)(
  '%s: whole sentences, and what ends a turn tells people what they or others can do',
  (_code, found) => {
    expect(found.sentence).toMatch(/^The? .*\.$|^This .*\.$/);
    expect(found.advice).toMatch(/\.$/);
    if (!found.retryable && !found.quote)
      expect(found.sentence).toMatch(/administrator has to|to (go on|try again)\./);
    // In plain words: neither statuses nor names of errors.
    expect(found.sentence).not.toMatch(/HTTP|\d{3}|Exception|_/);
  },
);

test('every class of a provider’s error has a rule, and a rule that ends is followed by one that does not', () => {
  const coded = new Set<string>(errorRules.map(({ code }) => code));
  expect(classes.map(([code]) => code).filter((code) => !coded.has(code))).toEqual([
    'silence',
    'empty_completion',
  ]);
  for (const [index, { before, matches }] of errorRules.entries())
    if (before !== undefined) {
      const later = errorRules.slice(index + 1);
      const facts = {
        status: undefined,
        text: '',
        message: '',
        html: false,
        http2: undefined,
        headers: {},
        requestId: undefined,
      };
      for (const word of ['enotfound', 'ai_jsonparseerror'])
        if (matches({ ...facts, words: new Set([word]) }))
          expect(
            later.some(
              (rule) => rule.before === undefined && rule.matches({ ...facts, words: new Set([word]) }),
            ),
          ).toBe(true);
    }
});
