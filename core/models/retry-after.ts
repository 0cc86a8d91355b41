/** No wait is longer than this: who asks for more is wrong about the date, or nobody will wait for the answer. */
const LONGEST_MS = 24 * 3_600_000;

/** What tells how long to wait. */
export interface RetryAfterFacts {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** What the provider said, in lower case; in the middle of a stream there are no headers. */
  text: string;
}

/**
 * How long a provider asks to wait. In this order: `retry-after-ms`; Retry-After in seconds or as an HTTP date (RFC
 * 9110 §10.2.3); the reset of a rate limit of which nothing remains (`x-ratelimit-reset-*` of OpenAI, Azure, Groq and
 * OpenRouter, `anthropic-ratelimit-*-reset`), the latest where there are several; “try again in 1.5s” in its words.
 *
 * @param now epoch milliseconds
 * @returns milliseconds, 0 for a time that has passed, at most a day; undefined where nothing usable was sent
 */
export function retryAfterMs({ headers, text }: RetryAfterFacts, now: number): number | undefined {
  const asked =
    numberOf(headers['retry-after-ms']) ??
    times(numberOf(headers['retry-after']), 1_000) ??
    untilDate(headers['retry-after'], now) ??
    untilReset(headers, now) ??
    inWords(text);
  return asked === undefined ? undefined : Math.min(LONGEST_MS, Math.max(0, Math.ceil(asked)));
}

function untilReset(headers: RetryAfterFacts['headers'], now: number): number | undefined {
  const waits = Object.entries(headers).flatMap(([name, value]) => {
    if (!/^(x|anthropic)-ratelimit-(.+-)?reset(-.+)?$/.test(name)) return [];
    // Azure sends -1 where it does not know; only what is used up is worth waiting for.
    if (numberOf(headers[name.replace('reset', 'remaining')]) !== 0) return [];
    const wait = untilClock(numberOf(value), now) ?? durationMs(value) ?? untilDate(value, now);
    return wait === undefined ? [] : [wait];
  });
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** A bare number: seconds to wait, or a time in epoch seconds or milliseconds. */
function untilClock(number: number | undefined, now: number): number | undefined {
  if (number === undefined) return undefined;
  if (number >= 1e11) return number - now;
  return number >= 1e9 ? number * 1_000 - now : number * 1_000;
}

/** Durations as Go writes them: `1s`, `6m0s`, `1h2m3.5s`, `59.9ms`. */
function durationMs(text: string): number | undefined {
  const units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return undefined;
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit as keyof typeof units], 0);
}

function inWords(text: string): number | undefined {
  const found = /\b(?:try again|retry) (?:in|after) (\d[\dhms.]*)( seconds?\b)?/.exec(text);
  if (!found) return undefined;
  const [, amount = '', seconds] = found;
  return seconds ? times(numberOf(amount), 1_000) : durationMs(amount.replace(/\.$/, ''));
}

function untilDate(value: string | undefined, now: number): number | undefined {
  // A date has letters or dashes; Date.parse reads years out of the strangest numbers.
  const date = value !== undefined && /[a-z]|\d-\d/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - now;
}

function numberOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
