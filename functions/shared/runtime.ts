import { setTimeout as wait } from 'node:timers/promises';

/** The world as core's functions take it: clock, chance, and a wait that rule 1 keeps short. */
export const runtime = {
  now: (): number => Date.now(),
  random: (): number => Math.random(),
  sleep: async (ms: number): Promise<void> => {
    await wait(ms);
  },
};
