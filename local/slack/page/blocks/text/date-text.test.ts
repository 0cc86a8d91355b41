import { describe, expect, it } from 'vitest';
import { dateText } from './date-text.ts';

const now = Date.UTC(2026, 10, 21, 12);
const berlin = { timeZone: 'Europe/Berlin', locale: 'en-US', now };
const at = Date.UTC(2026, 10, 20, 23, 30, 5) / 1000;

describe('dateText', () => {
  it.each([
    ['{date_num} {time}', '2026-11-21 12:30 AM'],
    ['{date_pretty} at {time_secs}', 'today at 12:30:05 AM'],
    ['{date_long}', 'Saturday, November 21, 2026'],
    ['{date_short}', 'Nov 21, 2026'],
    ['{date_slash}', '11/21/2026'],
    ['{ago}', '12 hours ago'],
    ['due {nothing}', 'due {nothing}'],
  ])('%s', (format, shown) => {
    expect(dateText(at, format, berlin).replaceAll('\u202f', ' ')).toBe(shown);
  });

  it('is of the day before where it is still the day before', () => {
    const tokyo = { ...berlin, timeZone: 'America/New_York' };
    expect(dateText(at, '{date_short_pretty}', tokyo)).toBe('yesterday');
    expect(dateText(at + 86_400 * 2, '{date_short}', tokyo)).toBe('Nov 22, 2026');
  });
});
