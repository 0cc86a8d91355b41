/** The value below which the given share of the values lies; the nearest that was measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  const value = sorted[at];
  if (value === undefined) throw new Error('There is nothing measured.');
  return value;
}
