import { expect, test } from 'vitest';
import { evaluateArithmetic } from './arithmetic.ts';

test.each([
  ['12*(3+4)', '84'],
  ['0.1 + 0.2', '0.3'],
  ['2^10', '1024'],
  ['-3^2', '-9'],
  ['7 % 3', '1'],
  ['150 + 10%', '165'],
  ['5!', '120'],
  ['6 × 7 − 2 ÷ 4', '41.5'],
  ['2 pi', '6.2831853071796'],
  ['sqrt(2)', '1.4142135623731'],
  ['log(8, 2)', '3'],
  ['log10(1000)', '3'],
  ['round(2.567, 2)', '2.57'],
  ['hypot(3, 4)', '5'],
  ['mean(3, 4, 8)', '5'],
  ['median(9, 1, 3)', '3'],
  ['max(1, 7, 3) - min(4, 2)', '5'],
  ['gcd(12, 18)', '6'],
  ['combinations(49, 6)', '13983816'],
  ['9007199254740991', '9007199254740991'],
  ['12345678901234567890 * 3', 'about 37037036703704000000'],
])('%s = %s', (expression, result) => {
  expect(evaluateArithmetic(expression)).toBe(result);
});

test.each([
  ['an import', 'import("fs")', /`import` cannot be used/],
  ['evaluating text', 'evaluate("1+1")', /cannot be used/],
  ['an assignment', 'a = 5', /this form|cannot be used/],
  ['a function of one’s own', 'f(x) = x', /`f` cannot be used/],
  ['a property', '(1).constructor', /cannot be used/],
  ['a global', 'process', /`process` cannot be used/],
  ['an inherited name', 'constructor(1)', /`constructor` cannot be used/],
  ['a text', '"abc"', /this form cannot be used/],
  ['a list', '[1, 2, 3]', /this form cannot be used/],
  ['a range', 'sum(1:1000000000)', /cannot be used/],
  ['a huge matrix', 'zeros(100000, 100000)', /`zeros` cannot be used/],
  ['two expressions', '1; 2', /this form cannot be used/],
  ['a symbolic function', 'derivative("x^2", "x")', /cannot be used/],
  ['something unfinished', '(1 +', /no arithmetic expression/],
  ['a function that is not called', 'sin', /does not give a number/],
  ['a tower of powers', '9^9^9', /too large/],
  ['a huge factorial', '99999!', /too large/],
  ['division by zero', '1/0', /divided by zero/],
  ['the root of a negative number', 'sqrt(-1)', /has no result/],
  ['a loop over a billion terms', 'combinations(1e9, 5e8)', /takes too long/],
])('%s is refused in words', (_name, expression, message) => {
  expect(() => evaluateArithmetic(expression)).toThrow(message);
});
