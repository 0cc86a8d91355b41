import type fc from 'fast-check';

/**
 * How often a property is tried: in the suite so often, always the same; by hand with `PROPERTY_RUNS` and
 * `PROPERTY_SEED` as long and as varied as one likes.
 */
export function propertyRuns<T>(numRuns: number): Pick<fc.Parameters<T>, 'numRuns' | 'seed'> {
  const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;
  return { numRuns: Number(PROPERTY_RUNS ?? numRuns), seed: Number(PROPERTY_SEED ?? 6) };
}

/** Time for a property of the suite, milliseconds; by hand there is no end. */
export const PROPERTY_TIMEOUT_MS = process.env.PROPERTY_RUNS ? 24 * 3_600_000 : 120_000;
