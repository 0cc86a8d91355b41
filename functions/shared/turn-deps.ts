import type { Log } from '../../core/log.ts';
import type { EndDeps } from '../../core/turns/end-turn.ts';
import { readEnvironment, readSettings } from './environment.ts';
import { runtime } from './runtime.ts';
import { createStateMachine } from './state-machine.ts';
import { createTable } from './table.ts';
import { createWakeQueue } from './wake-queue.ts';

/** What whoever starts, ends or decides about turns works with: table, state machine, wake queue. */
export function turnDeps(log: Log): EndDeps {
  const env = readEnvironment(['SLUICE_TABLE', 'SLUICE_STATE_MACHINE_ARN', 'SLUICE_WAKE_QUEUE_URL']);
  return {
    store: createTable(env.SLUICE_TABLE),
    executions: createStateMachine(env.SLUICE_STATE_MACHINE_ARN),
    sendWake: createWakeQueue(env.SLUICE_WAKE_QUEUE_URL),
    now: runtime.now,
    limits: readSettings().limits,
    log,
  };
}
