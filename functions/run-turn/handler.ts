import type { RunInput, RunRoute } from '../../core/turns/record.ts';
import type { RunDeps } from '../../core/turns/run-state.ts';
import { runTurn } from '../../core/turns/run-turn.ts';
import { createJob } from '../shared/job.ts';
import { runDeps } from './wiring.ts';

/** Invoked by the state machine: one run of a turn. */
export const handler = createJob<RunInput, RunRoute, Omit<RunDeps, 'remainingMs'>>({
  name: 'run-turn',
  makeDeps: runDeps,
  run: (deps, input, context) =>
    runTurn({ ...deps, remainingMs: () => context.getRemainingTimeInMillis() }, input),
  idsOf: ({ turnId, epoch }) => ({ turnId, epoch }),
  outcomeOf: (routed) => ({
    outcome: routed.route,
    fields: 'pauseId' in routed ? { pauseId: routed.pauseId } : {},
  }),
});
