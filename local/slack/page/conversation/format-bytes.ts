const UNITS = ['bytes', 'kB', 'MB', 'GB'];

/** A size in words: `812 bytes`, `1.2 kB`, `34 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const shown = unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value).toString();
  return `${shown} ${UNITS[unit] ?? ''}`;
}
