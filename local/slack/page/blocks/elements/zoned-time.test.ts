import { describe, expect, it } from 'vitest';
import { epochOf, wallTime } from './zoned-time.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;

describe('zoned time', () => {
  it.each([
    ['2026-11-21T14:05', 'Europe/Berlin', '2026-11-21T13:05:00Z'],
    ['2026-07-01T00:00', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
    ['2026-11-21T14:05', 'Asia/Kolkata', '2026-11-21T08:35:00Z'],
    ['2026-11-21T14:05', 'America/New_York', '2026-11-21T19:05:00Z'],
    ['2026-11-21T14:05', 'Etc/UTC', '2026-11-21T14:05:00Z'],
  ])('%s in %s is %s', (wall, zone, iso) => {
    expect(epochOf(wall, zone)).toBe(at(iso));
    expect(wallTime(at(iso), zone)).toBe(wall);
  });

  it('moves an hour that does not exist forward', () => {
    expect(wallTime(epochOf('2026-03-29T02:30', 'Europe/Berlin') ?? 0, 'Europe/Berlin')).toBe(
      '2026-03-29T03:30',
    );
  });

  it('takes the first of an hour that is twice', () => {
    expect(epochOf('2026-10-25T02:30', 'Europe/Berlin')).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('knows no time in what is none', () => {
    expect(epochOf('', 'Etc/UTC')).toBeUndefined();
  });
});
