import { durationOf } from '../log/format.ts';

export type ClockState = { now: number; offsetMs: number; frozen: boolean };

/** How the simulator's clock differs from the real one: `5 min ahead`, `frozen`, or nothing special. */
export function clockWords({ offsetMs, frozen }: Pick<ClockState, 'offsetMs' | 'frozen'>): string {
  const ahead =
    Math.abs(offsetMs) < 1000
      ? ''
      : `${longDuration(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead' : 'behind'}`;
  return [frozen ? 'frozen' : '', ahead].filter((part) => part !== '').join(', ') || 'runs with real time';
}

function longDuration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return durationOf(ms);
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
