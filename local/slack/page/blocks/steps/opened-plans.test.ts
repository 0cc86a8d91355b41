import { expect, it } from 'vitest';
import { isOpened, type OpenedPlans, withOpened } from './opened-plans.ts';

const at = (ts: string, thread = 't') => ({ plan: `plan ${ts}`, thread, ts });
const NONE: OpenedPlans = { plans: {}, threads: {} };

it('is folded until somebody opens it', () => {
  expect(isOpened(NONE, at('1'))).toBe(false);
  expect(isOpened(withOpened(NONE, at('1'), true), at('1'))).toBe(true);
});

it('is then open in what follows in the thread, not in what was before or is elsewhere', () => {
  const opened = withOpened(NONE, at('2'), true);
  expect(['1', '2', '3'].map((ts) => isOpened(opened, at(ts)))).toEqual([false, true, true]);
  expect(isOpened(opened, at('3', 'other'))).toBe(false);
});

it('stays as it was chosen when a later one is folded', () => {
  const opened = withOpened(withOpened(NONE, at('2'), true), at('3'), false);
  expect(['2', '3', '4'].map((ts) => isOpened(opened, at(ts)))).toEqual([true, false, false]);
});
