import { type SweepDeps, type Swept, sweep } from '../../core/turns/sweep.ts';
import { createJob } from '../shared/job.ts';
import { turnDeps } from '../shared/turn-deps.ts';

/** Every minute: looks at what is due. */
export const handler = createJob<unknown, Swept, SweepDeps>({
  name: 'sweep',
  makeDeps: turnDeps,
  run: (deps) => sweep(deps),
  outcomeOf: (swept) => ({ outcome: 'swept', fields: { ...swept } }),
});
