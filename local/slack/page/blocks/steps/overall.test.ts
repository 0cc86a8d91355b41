import { expect, it } from 'vitest';
import { overallStatus, planTitle } from './overall.ts';

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

it('keeps the title that the app gave', () => {
  expect(planTitle('Look it up', 'error')).toBe('Look it up');
  expect(planTitle('', 'complete')).toBe('Done');
});
