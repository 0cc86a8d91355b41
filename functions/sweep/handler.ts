import {
  type ReplayDeps,
  type Replayed,
  replayDeadLetters,
} from '../../core/relay/wakes/replay-dead-letters.ts';
import { type SweepDeps, type Swept, sweep } from '../../core/turns/sweep.ts';
import { createJob } from '../shared/job.ts';
import { sweepDeps } from './wiring.ts';

/** Every minute: looks at what is due, then at what the relay could not work off. */
export const handler = createJob<unknown, Swept & Replayed, SweepDeps & ReplayDeps>({
  name: 'sweep',
  makeDeps: sweepDeps,
  run: async (deps) => ({ ...(await sweep(deps)), ...(await replayDeadLetters(deps)) }),
  outcomeOf: (swept) => ({ outcome: 'swept', fields: { ...swept } }),
});
