import type { FindInstallation } from '../installations/record.ts';
import type { Log } from '../log.ts';
import type { Limits, Tiers } from '../settings.ts';
import type { ConnectSlack } from '../slack/api.ts';
import type { Store } from '../store/store.ts';
import type { Executions } from '../turns/executions.ts';
import type { SendWake } from './wake.ts';

/** What the relay works with. Clock, chance, network and clients come in from outside. */
export interface RelayDeps {
  store: Store;
  /** Epoch milliseconds. */
  now: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** Waits; the relay asks for a second at most (rule 1). */
  sleep: (ms: number) => Promise<void>;
  limits: Limits;
  tiers: Tiers;
  sendWake: SendWake;
  findInstallation: FindInstallation;
  connectSlack: ConnectSlack;
  executions: Executions;
  log: Log;
}
