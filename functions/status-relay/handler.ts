import type { RelayDeps } from '../../core/relay/deps.ts';
import { handleWake } from '../../core/relay/handle-wake.ts';
import { createJob } from '../shared/job.ts';
import { type QueueEvent, wakeIds, wakeOf } from '../shared/wake-event.ts';
import { relayDeps } from './wiring.ts';

/** Consumes the wake queue, one wake at a time. */
export const handler = createJob<QueueEvent, void, RelayDeps>({
  name: 'status-relay',
  makeDeps: relayDeps,
  run: (deps, event) => handleWake(deps, wakeOf(event)),
  idsOf: wakeIds,
});
