/** Whose clock and habits: times are shown in the time zone of the person who looks. */
export type Clock = { timeZone: string; locale: string };

const FORMATS = new Map<string, Intl.DateTimeFormat>();

const SHAPES = {
  clock: { timeStyle: 'short' },
  full: { dateStyle: 'full', timeStyle: 'medium' },
  day: { year: 'numeric', month: '2-digit', day: '2-digit' },
  weekday: { weekday: 'long', month: 'long', day: 'numeric' },
  weekdayYear: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

function formatted(ts: string, shape: keyof typeof SHAPES, { timeZone, locale }: Clock): string {
  const language = shape === 'day' ? 'en-CA' : locale;
  const key = `${shape} ${timeZone} ${language}`;
  let format = FORMATS.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language, { ...SHAPES[shape], timeZone });
    FORMATS.set(key, format);
  }
  return format.format(dateOf(ts));
}

export const dateOf = (ts: string): Date => new Date(Number(ts) * 1000);

/** E.g. `2:05 PM`. */
export const clockTime = (ts: string, clock: Clock): string => formatted(ts, 'clock', clock);

/** E.g. `Friday, November 20, 2026 at 2:05:31 PM`. */
export const fullTime = (ts: string, clock: Clock): string => formatted(ts, 'full', clock);

/** Which day it was there: `2026-11-20`. */
export const dayKey = (ts: string, clock: Clock): string => formatted(ts, 'day', clock);

/** What stands between two days: `Today`, `Yesterday`, `Friday, November 20`. `now` in milliseconds. */
export function dayLabel(ts: string, clock: Clock, now: number): string {
  const near = nearDay(ts, clock, now);
  if (near) return near;
  const day = dayKey(ts, clock);
  const sameYear = day.slice(0, 4) === dayKey(String(now / 1000), clock).slice(0, 4);
  return formatted(ts, sameYear ? 'weekday' : 'weekdayYear', clock);
}

/** When something was last, within a sentence: `today at 2:05 PM`. */
export function lastTime(ts: string, clock: Clock, now: number): string {
  const day = nearDay(ts, clock, now)?.toLowerCase() ?? formatted(ts, 'weekday', clock);
  return `${day} at ${clockTime(ts, clock)}`;
}

function nearDay(ts: string, clock: Clock, now: number): string | undefined {
  const day = dayKey(ts, clock);
  if (day === dayKey(String(now / 1000), clock)) return 'Today';
  if (day === dayKey(String(now / 1000 - 86_400), clock)) return 'Yesterday';
  return undefined;
}
