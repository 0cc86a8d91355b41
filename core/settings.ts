import type { DisplayRule } from './display/choose-display.ts';
import type { HostedProvider } from './models/model-name.ts';
import type { ModelSettings } from './models/model-table.ts';
import type { ModelOverride } from './models/overrides.ts';

/**
 * Limits of time and size, in milliseconds and bytes unless the name says otherwise. One table, so that a
 * deployment (or a test stack) can change any of them by settings; sources are the design and Slack's methods.
 */
export const defaultLimits = {
  /** A run that did not write for this long has lost its turn. */
  leaseMs: 15_000,
  /** A run that wrote nothing for this long renews its lease and so learns of a stop. */
  renewAfterMs: 2_000,
  /** No model call starts with less Lambda time left: the run hands back `again` first. */
  modelReserveMs: 480_000,
  /** What is kept back of the remaining time to store and hand back. */
  saveReserveMs: 60_000,
  /** A model that sends nothing for this long has failed. */
  silenceMs: 600_000,
  /** Chunk batches are written about this often while text flows. */
  batchMs: 1_000,
  /** Model attempts per step; the last failure ends the turn. */
  modelAttempts: 25,
  backoffBaseMs: 1_000,
  backoffCapMs: 60_000,
  /** At most 1,200. */
  stepsPerTurn: 100,
  /** How long one turn may work in all; waiting for people or for a retry does not count. */
  turnMs: 6 * 3_600_000,
  /** Share of the model's context, in percent, from which a conversation is summarised; 100 is never. */
  compactAtPercent: 70,
  /** How often one turn may be summarised. */
  compactionsPerTurn: 3,
  /** From so many messages behind the last one on, a turn's end writes a checkpoint. */
  checkpointMessages: 64,
  /** Files of messages: each, and per session. */
  fileBytes: 10 * 1024 * 1024,
  filesPerSession: 50,
  /** Larger images are not given to models. */
  imageBytes: 5 * 1024 * 1024,
  /** Characters of one follow-up that are given to a running turn, and of all that are given at once. */
  followUpChars: 2_000,
  followUpsChars: 6_000,
  followUpsPerMinute: 30,
  toolCallsPerStep: 32,
  /** Files that tools add to an answer: each; and files and charts of one turn. */
  attachmentBytes: 10 * 1024 * 1024,
  attachmentsPerTurn: 10,
  queuedMessages: 20,
  /** A `starting` turn without progress is started again after this. */
  startCheckMs: 60_000,
  /** A decision whose turn has not moved after this is delivered again. */
  resumeCheckMs: 10_000,
  /** A pause nobody decides expires (and counts as denied) after this. */
  pauseExpiryMs: 7 * 24 * 3_600_000,
  /** Gathers what happens close together into one Slack call. */
  debounceMs: 1_000,
  /** At least this long between two appends of a turn. */
  appendIntervalMs: 2_000,
  /** chat.update's guidance for the progress message that stands in for a stream. */
  updateIntervalMs: 3_000,
  /** A writer may take over a wake that is overdue by this much. */
  wakeOverdueMs: 3_000,
  /** While a stream is open, one wake is always queued this far ahead. */
  guardMs: 15_000,
  relayLeaseMs: 15_000,
  /** A stream is rolled into a new message at an age drawn between these two (Slack ends it at 300 s). */
  rollAgeMinMs: 150_000,
  rollAgeMaxMs: 230_000,
  /** At this age it is left even where the next one may not open yet. */
  streamAgeMs: 280_000,
  /** Slack refuses streamed messages from about 10,600 UTF-8 bytes on. */
  rollBytes: 9_000,
  rollCards: 45,
  /** The next turn's stream waits at most this long for the former one to close. */
  streamHandoverMs: 30_000,
  /** A stream that could not be opened within this gives way to a posted message. */
  startWaitMs: 1_000,
  slackTimeoutMs: 5_000,
  /** While Slack is down the relay comes back after delays that grow from here to `relayRetryCapMs`. */
  relayRetryMs: 2_000,
  relayRetryCapMs: 60_000,
  /** A relay that could not reach Slack for this long gives up. */
  relayGiveUpMs: 24 * 3_600_000,
  /** The sweep looks at a live relay this often. */
  relayCheckMs: 300_000,
} as const;

export type Limits = { readonly [K in keyof typeof defaultLimits]: number };

/** Calls per minute that Slack allows one app in one workspace, per method (its documented tiers). */
export const defaultTiers = {
  'chat.startStream': 20,
  'chat.appendStream': 50,
  'chat.stopStream': 20,
  'chat.update': 50,
  'chat.postMessage': 240,
  'agents.sessions.setStatus': 50,
  'agents.sessions.rename': 50,
  'assistant.threads.setTitle': 100,
  'reactions.add': 50,
  'reactions.remove': 20,
  'files.getUploadURLExternal': 100,
  'files.completeUploadExternal': 100,
  'conversations.replies': 50,
  'files.info': 100,
} as const;

export type BudgetedMethod = keyof typeof defaultTiers;
/** The methods by which a turn's log comes into Slack; the others are beside it. */
export type ShowMethod = Extract<BudgetedMethod, `chat.${string}`>;
export type Tiers = { readonly [K in BudgetedMethod]: number };

export type BaseUrls = { readonly [K in HostedProvider]?: string };

/** What the functions need to know of the deployment's settings; infra checks it at synthesis. */
export interface RuntimeSettings {
  slackApiUrl: string;
  /** `demo` or `<provider>/<id>`, as `core/models/model-name.ts` reads it. */
  model: string;
  /** Where providers' APIs are, if not where their makers have them. */
  baseUrls: BaseUrls;
  /** Facts of models, over those that are built in. */
  models: ModelSettings;
  /** Other models for some agents, workspaces, channels and people. */
  overrides: readonly ModelOverride[];
  /** How turns are shown to some, before what the agents' doors say. */
  displays: readonly DisplayRule[];
  /** Who writes titles and summaries; the turn's own model by default. */
  titleModel?: string;
  compactionModel?: string;
  limits: Limits;
  tiers: Tiers;
}

/** Completes stored settings with the defaults of this version, so that an older deploy's JSON stays readable. */
export function readRuntimeSettings(json: string): RuntimeSettings {
  const stored = JSON.parse(json) as Partial<RuntimeSettings> & { modelBaseUrl?: string };
  const { modelBaseUrl, titleModel, compactionModel } = stored;
  return {
    slackApiUrl: stored.slackApiUrl ?? 'https://slack.com/api/',
    model: stored.model ?? 'demo',
    baseUrls: { ...(modelBaseUrl ? { 'openai-compatible': modelBaseUrl } : {}), ...stored.baseUrls },
    models: stored.models ?? {},
    overrides: stored.overrides ?? [],
    displays: stored.displays ?? [],
    ...(titleModel ? { titleModel } : {}),
    ...(compactionModel ? { compactionModel } : {}),
    limits: { ...defaultLimits, ...stored.limits },
    tiers: { ...defaultTiers, ...stored.tiers },
  };
}
