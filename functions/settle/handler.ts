import type { EndDeps } from '../../core/turns/end-turn.ts';
import { type Settled, type SettleInput, settleTurn } from '../../core/turns/settle.ts';
import { createJob } from '../shared/job.ts';
import { turnDeps } from '../shared/turn-deps.ts';

/** From the state machine's Settle state, and from EventBridge when an execution ended badly. */
export const handler = createJob<SettleInput, Settled, EndDeps>({
  name: 'settle',
  makeDeps: turnDeps,
  run: settleTurn,
  idsOf: (input) =>
    'detail' in input
      ? { execution: input.detail.name, status: input.detail.status }
      : { turnId: input.turnId, epoch: input.epoch },
  outcomeOf: ({ outcome, turnId }) => ({
    outcome,
    level: outcome === 'failed' ? 'warn' : 'info',
    fields: turnId ? { turnId } : {},
  }),
});
