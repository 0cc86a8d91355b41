/** How a date of rich text is shown (`{type: 'date', timestamp, format}`): Slack's placeholders, in a person's time zone. */
export type DateClock = {
  /** IANA name. */
  timeZone: string;
  /** E.g. `en-US`. */
  locale: string;
  /** Milliseconds since the epoch, for "today" and "ago". */
  now: number;
};

const DAY_MS = 86_400_000;

type Options = Intl.DateTimeFormatOptions;
const LONG: Options = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' };
const DATE: Options = { year: 'numeric', month: 'long', day: 'numeric' };
const SHORT: Options = { year: 'numeric', month: 'short', day: 'numeric' };
const NUMBERS: Options = { year: 'numeric', month: '2-digit', day: '2-digit' };

/**
 * The format with its placeholders filled in; an unknown placeholder stays as it is.
 *
 * @param timestamp seconds since the epoch
 */
export function dateText(timestamp: number, format: string, clock: DateClock): string {
  return format.replaceAll(
    /\{(\w+)\}/g,
    (whole, name: string) => part(timestamp * 1000, name, clock) ?? whole,
  );
}

function part(at: number, name: string, clock: DateClock): string | undefined {
  const say = (options: Options, locale = clock.locale): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: clock.timeZone }).format(at);
  const near = (otherwise: string): string => nearDay(at, clock) ?? otherwise;
  switch (name) {
    case 'date_num':
      return say(NUMBERS, 'en-CA');
    case 'date_slash':
      return say(NUMBERS);
    case 'date':
      return say(DATE);
    case 'date_pretty':
      return near(say(DATE));
    case 'date_short':
      return say(SHORT);
    case 'date_short_pretty':
      return near(say(SHORT));
    case 'date_long':
    case 'date_long_full':
      return say(LONG);
    case 'date_long_pretty':
    case 'day_divider_pretty':
      return near(say(LONG));
    case 'time':
      return say({ hour: 'numeric', minute: '2-digit' });
    case 'time_secs':
      return say({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
    case 'ago':
      return ago(at, clock);
    default:
      return undefined;
  }
}

function nearDay(at: number, { timeZone, now }: DateClock): string | undefined {
  const day = (ms: number): string => new Intl.DateTimeFormat('en-CA', { ...NUMBERS, timeZone }).format(ms);
  if (day(at) === day(now)) return 'today';
  if (day(at) === day(now - DAY_MS)) return 'yesterday';
  if (day(at) === day(now + DAY_MS)) return 'tomorrow';
  return undefined;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

function ago(at: number, { locale, now }: DateClock): string {
  const difference = at - now;
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(difference) >= ms) ?? ['second', 1_000];
  return new Intl.RelativeTimeFormat(locale).format(Math.round(difference / size), unit);
}
