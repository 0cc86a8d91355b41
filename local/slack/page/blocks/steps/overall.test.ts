import { expect, it } from 'vitest';
import { liveStatus, overallStatus, planTitle } from './overall.ts';

it.each([
  [['complete', 'error', 'in_progress'], 'error'],
  [['complete', 'in_progress', 'pending'], 'in_progress'],
  [['complete', 'pending'], 'in_progress'],
  [['pending', 'pending'], 'pending'],
  [['complete', 'complete'], 'complete'],
  [[], 'pending'],
])('%o together: %s', (statuses, status) => {
  expect(overallStatus(statuses)).toBe(status);
});

it.each([
  [['error', 'in_progress'], 'in_progress'],
  [['error', 'complete'], 'error'],
  [['complete'], 'complete'],
])('%o while it grows: %s', (statuses, status) => {
  expect(liveStatus(statuses)).toBe(status);
});

it.each([
  ['Look it up', ['error'], false, 'Look it up'],
  ['', ['complete'], false, 'Done'],
  ['', ['complete'], true, 'Done'],
  ['', ['complete', 'pending'], true, 'Working on it'],
  ['', [], true, 'Working on it'],
  ['', ['error', 'in_progress'], true, 'Working on it'],
  ['', ['error', 'complete'], true, '1 step failed'],
  ['', ['error', 'error'], false, '2 steps failed'],
  ['', ['complete', 'in_progress'], false, 'Steps so far'],
])('the title "%s" over %o (grows: %s): %s', (title, statuses, grows, shown) => {
  expect(planTitle(title, statuses, grows)).toBe(shown);
});
