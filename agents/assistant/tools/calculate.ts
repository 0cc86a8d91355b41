import { z } from 'zod';
import { defineTool } from '../../../core/index.ts';

/** Arithmetic that is right: models guess at it. */
export const calculate = defineTool({
  name: 'calculate',
  description:
    'Calculates an arithmetic expression exactly as written and returns the number. Knows + - * / ^ % ! and parentheses, pi and e, and functions such as sqrt, abs, round, floor, ceil, exp, log (natural, or log(x, base)), log10, sin (radians), min, max, sum, mean, median, gcd, lcm, combinations. No variables, units, lists or equations.',
  input: z.object({
    expression: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .describe('For example "12*(3+4)", "1250 * 1.19" or "mean(3, 4, 8)"'),
  }),
  effect: 'read',
  timeoutMs: 10_000,
  run: async ({ expression }) => {
    // Loaded when it is first used: the parser is larger than everything else here.
    const { evaluateArithmetic } = await import('../arithmetic.ts');
    return { expression, result: evaluateArithmetic(expression) };
  },
});
