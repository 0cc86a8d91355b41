import { expect, test } from 'vitest';
import { clockTime, dayKey, dayLabel, lastTime } from './time.ts';

const berlin = { timeZone: 'Europe/Berlin', locale: 'en-US' };
const tokyo = { timeZone: 'Asia/Tokyo', locale: 'en-US' };
/** 2026-11-20 23:30 UTC. */
const TS = '1795217400.000000';
const NOW = Date.parse('2026-11-21T10:00:00Z');
const plain = (text: string): string => text.replaceAll(/\s/g, ' ');

test('the same moment is another hour and another day elsewhere', () => {
  expect(plain(clockTime(TS, berlin))).toBe('12:30 AM');
  expect(plain(clockTime(TS, { ...berlin, locale: 'de-DE' }))).toBe('00:30');
  expect(plain(clockTime(TS, tokyo))).toBe('8:30 AM');
  expect(dayKey(TS, berlin)).toBe('2026-11-21');
  expect(dayKey(TS, { ...berlin, timeZone: 'America/New_York' })).toBe('2026-11-20');
});

test.each([
  ['Europe/Berlin', 'Today'],
  ['America/New_York', 'Yesterday'],
])('in %s it was %s', (timeZone, label) => {
  expect(dayLabel(TS, { timeZone, locale: 'en-US' }, NOW)).toBe(label);
});

test('older days have their name, older years their number', () => {
  expect(dayLabel(TS, berlin, Date.parse('2026-12-24T10:00:00Z'))).toBe('Saturday, November 21');
  expect(dayLabel(TS, berlin, Date.parse('2027-03-01T10:00:00Z'))).toBe('Saturday, November 21, 2026');
  expect(plain(lastTime(TS, berlin, NOW))).toBe('today at 12:30 AM');
});
