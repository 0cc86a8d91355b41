/** The steps of an axis: round numbers from the lowest to the highest value, zero among them. */
export type Scale = { low: number; high: number; ticks: number[] };

const ROUND = [1, 2, 2.5, 5, 10];
/** About how many steps an axis has. */
const STEPS = 4;

/** An axis for these values, in round steps. Zero is always on it, so that bars can be compared. */
export function scaleOf(values: number[]): Scale {
  const min = Math.min(0, ...values);
  const max = Math.max(0, ...values);
  const step = roundStep((max - min || 1) / STEPS);
  const low = Math.floor(min / step) * step;
  const high = Math.max(Math.ceil(max / step) * step, low + step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, at) => tidy(low + at * step));
  return { low: tidy(low), high: tidy(high), ticks };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = ROUND.find((one) => rough <= one * power) ?? 10;
  return factor * power;
}

/** Without the dust of binary fractions. */
const tidy = (value: number): number => Number(value.toPrecision(12));
