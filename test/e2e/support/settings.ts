import { displays } from './channels.ts';

/**
 * The stack that is tested is the stack that is deployed, with shorter times: what takes a person's patience in
 * production would take the tests' here. Each is a setting that any deployment may change.
 */
export const e2eSettings = {
  model: 'demo/600',
  relayConcurrency: 20,
  displays,
  'limits.leaseMs': 4_000,
  'limits.renewAfterMs': 800,
  'limits.relayLeaseMs': 4_000,
  'limits.guardMs': 5_000,
  'limits.appendIntervalMs': 1_000,
  'limits.slackTimeoutMs': 2_000,
  'limits.startCheckMs': 5_000,
  'limits.resumeCheckMs': 3_000,
  // The simulator counts the tests' calls of a minute together, so the budget must not be the bottleneck here.
  'tiers.chat.startStream': 600,
  'tiers.chat.appendStream': 600,
  'tiers.chat.stopStream': 600,
  'tiers.chat.update': 600,
  'tiers.chat.postMessage': 600,
} as const;
