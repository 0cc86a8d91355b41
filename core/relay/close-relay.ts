import type { HeldRelay } from './lease.ts';

/** Nothing is left to be shown: no wake looks at the turn any more, and the sweep does not either. */
export function closeRelay(held: HeldRelay, now: number): void {
  held.change({
    closedAt: now,
    inFlight: undefined,
    slots: undefined,
    guardAt: undefined,
    backAt: undefined,
    wakeAt: undefined,
    retry: undefined,
    card: undefined,
    gsi3pk: undefined,
    gsi3sk: undefined,
  });
}
