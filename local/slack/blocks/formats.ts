import { formatted } from './rules.ts';

/** Formats of §3.2 and of the video block. */

/** `YYYY-MM-DD`, a day that exists. */
export const date = formatted((value) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}, 'must be a date in the format YYYY-MM-DD');

/** `HH:mm`, 00:00 to 23:59. */
export const time = formatted(
  (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value),
  'must be a time in the format HH:mm',
);

/** A time zone by its IANA name. */
export const timeZone = formatted((value) => {
  try {
    // Offsets like +01:00 are known to Intl, but are no names.
    return !/^[+-]/.test(value) && Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
}, 'must be a time zone in the IANA format, e.g. Europe/Berlin');

/** An address that begins with https. */
export const httpsUrl = formatted((value) => /^https:\/\/./.test(value), 'must be an HTTPS URL');

/** A number written as text, as number_input has it. */
export const numeric = formatted(
  (value) => /^-?\d+(\.\d+)?$/.test(value),
  'must be a number written as a string',
);

/** Seconds since the epoch in ten digits. */
export const EPOCH = { min: 1_000_000_000, max: 9_999_999_999 };
