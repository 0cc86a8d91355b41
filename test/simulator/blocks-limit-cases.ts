import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../local/slack/blocks/check.ts';
import type { Surface } from '../../local/slack/blocks/surfaces.ts';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import type { JsonObject } from '../../local/slack/json.ts';

/**
 * One limited member: the figure as the reference has it, written by hand; the same figure in the table of limits; a
 * block with that member at `n`; and where the fault is.
 */
export type LimitCase = {
  rule: string;
  limit: number;
  table: number;
  make: (n: number) => JsonObject;
  at: string;
  /** `most`: one more fails; `least`: one less fails. */
  bound?: 'most' | 'least';
  surface?: Surface;
};

const RUNS = { numRuns: 12 };

/** At the limit passes, one beyond fails; so does anything within and anything further beyond. */
export function testLimits(cases: LimitCase[]): void {
  test.each(cases.map((one) => [one.rule, one] as const))('%s passes, beyond fails', (_name, one) => {
    const { limit, table, make, at, bound = 'most', surface = 'message' } = one;
    expect(table, 'the table of limits has the figure of the reference').toBe(limit);
    const faults = (n: number): Fault[] => validateBlocks([make(n)], { surface });
    const beyond = (n: number): void => {
      expect(faults(n).map(({ pointer }) => pointer)).toEqual([at]);
    };
    expect(faults(limit)).toEqual([]);
    beyond(bound === 'most' ? limit + 1 : limit - 1);
    if (bound === 'least') return;
    const within = (n: number): void => {
      expect(faults(n)).toEqual([]);
    };
    fc.assert(fc.property(fc.integer({ min: 1, max: limit }), within), RUNS);
    fc.assert(fc.property(fc.integer({ min: limit + 1, max: limit * 2 }), beyond), RUNS);
  });
}
