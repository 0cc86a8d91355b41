import type { FindInstallation } from '../installations/record.ts';
import type { Log } from '../log.ts';
import type { Limits, Tiers } from '../settings.ts';
import type { ConnectSlack } from '../slack/api.ts';
import type { SendUpload } from '../slack/upload.ts';
import type { Bodies } from '../store/bodies.ts';
import type { Store } from '../store/store.ts';
import type { Executions } from '../turns/executions.ts';
import type { SendWake } from './wakes/wake.ts';

/**
 * `TextLatency`: from a batch of text being written to Slack having taken the call that brings it. `BudgetWait`: how
 * far ahead a call's slot was when it was asked for. Milliseconds.
 */
export type RelayMetric = 'TextLatency' | 'BudgetWait';

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
  /** Where attachments' contents lie. */
  bodies: Pick<Bodies, 'get' | 'getBytes'>;
  sendUpload: SendUpload;
  executions: Executions;
  log: Log;
  /** A figure for the deployment's metrics. */
  measure: (metric: RelayMetric, ms: number) => void;
}
