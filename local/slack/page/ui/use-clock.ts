import { useMemo } from 'react';
import { useMe } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Clock } from './time.ts';

/** The clock of the person who looks. */
export function useClock(): Clock {
  const me = useMe();
  const timeZone = me?.timeZone ?? 'Etc/UTC';
  const locale = me?.locale ?? 'en-US';
  return useMemo(() => ({ timeZone, locale }), [timeZone, locale]);
}

/** The simulator's time in milliseconds. */
export const simulatorNow = (): number => Date.now() + useStore.getState().clockOffsetMs;
