/** The wall clock of a time zone and seconds since the epoch, as `<input type="datetime-local">` wants them. */

/**
 * What a clock there shows: `2026-11-21T14:05`.
 *
 * @param seconds since the epoch
 * @param timeZone IANA name
 */
export function wallTime(seconds: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(seconds * 1000);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * When a clock there shows that, in seconds since the epoch. An hour that does not exist (the clock goes forward)
 * becomes the one after it; of an hour that is twice, the first counts. Undefined for what is no date and time.
 */
export function epochOf(wall: string, timeZone: string): number | undefined {
  // A bare `:00Z` would be a date of its own.
  const asUtc = wall === '' ? Number.NaN : Date.parse(`${wall}:00Z`) / 1000;
  if (!Number.isFinite(asUtc)) return undefined;
  const offset = (seconds: number): number =>
    Date.parse(`${wallTime(seconds, timeZone)}:00Z`) / 1000 - seconds + (seconds % 60);
  // Half a day apart: a change of the clock lies between them if there is one near.
  const candidates = [offset(asUtc - 43_200), offset(asUtc + 43_200)].map((one) => asUtc - one);
  const fitting = candidates.filter((one) => wallTime(one, timeZone) === wall);
  return Math.min(...(fitting.length > 0 ? fitting : [Math.max(...candidates)]));
}
