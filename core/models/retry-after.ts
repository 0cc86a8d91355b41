/**
 * How long a provider asks to wait: `retry-after-ms` (milliseconds) or Retry-After (seconds or an HTTP date, RFC
 * 9110 §10.2.3).
 *
 * @param headers names in lower case
 * @param now epoch milliseconds
 * @returns milliseconds, 0 for a time that has passed; undefined where nothing usable was sent
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const ms = numberOf(headers['retry-after-ms']);
  if (ms !== undefined) return Math.ceil(ms);
  const value = headers['retry-after'];
  const seconds = numberOf(value);
  if (seconds !== undefined) return Math.ceil(seconds * 1000);
  const date = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function numberOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
