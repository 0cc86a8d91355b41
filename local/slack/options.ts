import type { RateRule } from './limits/tiers.ts';

/** What can be set when the simulator starts; values that the reference calls uncertain are options. */
export type SimulatorOptions = {
  /** Port on 127.0.0.1; 0 takes any free one. */
  port?: number;
  eventsUrl?: string;
  interactionsUrl?: string;
  signingSecret?: string;
  /** Total lifetime of a stream (§1.8); default 300,000 ms. */
  streamLifetimeMs?: number;
  /** `total`: from start, appends do not extend; `idle`: from the last content (§1.8 CONFLICT). */
  streamLifetime?: 'total' | 'idle';
  /** UTF-8 bytes of one streamed message (§1.9); default 11,000. */
  streamMaxBytes?: number;
  /** UTF-8 bytes of message metadata as JSON; §3 names `metadata_too_large` without a figure; default 8,000. */
  metadataMaxBytes?: number;
  /** Whether the 50 blocks of `blocks` chunks count per call or per message (§16); default `message`. */
  streamBlockBudget?: 'call' | 'message';
  /** Top-level blocks at the stop of a chunk-mode stream are `streaming_mode_mismatch` (§1.4 CONFLICT). */
  stopBlocksMismatch?: boolean;
  /** An update of a streamed message without `blocks` is `block_mismatch` (§1.8 CONFLICT). */
  blockMismatch?: boolean;
  /** More than one chat.update of a message in 3 s (§2): noted in the call log, `rate_limited`, or nothing. */
  updateGuidance?: 'report' | 'enforce' | 'off';
  /** How long after files.completeUploadExternal a file is shared (§11 asynchronous, INFERRED); default 20 ms. */
  fileShareDelayMs?: number;
  /** Bytes of all uploaded files together, which are kept in memory; default 64 MiB. */
  filesMaxBytes?: number;
  /** In shared channels a file comes without its URL, `file_access: check_file_info` (§11 UNCERTAIN); default true. */
  connectFileCheck?: boolean;
  /** Refuse card texts over 256 characters, as documented but not measured (§1.3). */
  strictChunks?: boolean;
  /** Require `thread_ts` for streams in DMs too (§1.2 UNCERTAIN); default true. */
  dmStreamNeedsThread?: boolean;
  /** How long Slack waits for an answer to a delivery (§6); default 3,000 ms. */
  ackTimeoutMs?: number;
  /** Factor on the retry delays 0 s, 1 min, 5 min (§6); default 1. */
  retryScale?: number;
  /** Events are sent in an order drawn from this seed (§6 guarantees none); null, the default: as they happen. */
  shuffleSeed?: number | null;
  /** How long events are gathered before they are shuffled; default 50 ms. */
  shuffleWindowMs?: number;
  /** Events for one app from one workspace in 60 minutes (§6); default 30,000. */
  eventsPerHour?: number;
  /** Below so many events in 60 minutes an app is not switched off for failures (§6); default 1,000. */
  autoDisableMinEvents?: number;
  /** A reply sends `message_changed` of its parent too (§6 "thread bookkeeping"); default false. */
  threadBookkeeping?: boolean;
  /** People can open threads of the legacy assistant container (§6 assistant_thread_started); default false. */
  legacyAssistant?: boolean;
  /** Life of a code of the authorize page (§8, secondary); default 600,000 ms. */
  codeLifetimeMs?: number;
  /** How long a used refresh token still works (§8 "short grace per secondary"); default 0 ms: it works once. */
  refreshGraceMs?: number;
  /** What a re-install without rotation gives: the living bot token again, or a new one beside it; default `same`. */
  reinstallToken?: 'same' | 'new';
  /** Which of the two events of an uninstall is sent first (§8: not guaranteed); default `tokens_revoked`. */
  uninstallFirst?: 'tokens_revoked' | 'app_uninstalled';
  /** Rules per method that replace the tiers of §2. */
  rateLimits?: Record<string, Partial<RateRule>>;
};

export type ResolvedOptions = Required<Omit<SimulatorOptions, 'eventsUrl' | 'interactionsUrl'>> & {
  eventsUrl: string | null;
  interactionsUrl: string | null;
};

/** Fills in the defaults. */
export function resolveOptions(options: SimulatorOptions): ResolvedOptions {
  return {
    port: options.port ?? 0,
    eventsUrl: options.eventsUrl ?? null,
    interactionsUrl: options.interactionsUrl ?? null,
    signingSecret: options.signingSecret ?? 'sluice-local-signing-secret',
    streamLifetimeMs: options.streamLifetimeMs ?? 300_000,
    streamLifetime: options.streamLifetime ?? 'total',
    streamMaxBytes: options.streamMaxBytes ?? 11_000,
    metadataMaxBytes: options.metadataMaxBytes ?? 8_000,
    streamBlockBudget: options.streamBlockBudget ?? 'message',
    stopBlocksMismatch: options.stopBlocksMismatch ?? false,
    blockMismatch: options.blockMismatch ?? false,
    updateGuidance: options.updateGuidance ?? 'report',
    fileShareDelayMs: options.fileShareDelayMs ?? 20,
    filesMaxBytes: options.filesMaxBytes ?? 64 * 1024 * 1024,
    connectFileCheck: options.connectFileCheck ?? true,
    strictChunks: options.strictChunks ?? false,
    dmStreamNeedsThread: options.dmStreamNeedsThread ?? true,
    ackTimeoutMs: options.ackTimeoutMs ?? 3_000,
    retryScale: options.retryScale ?? 1,
    shuffleSeed: options.shuffleSeed ?? null,
    shuffleWindowMs: options.shuffleWindowMs ?? 50,
    eventsPerHour: options.eventsPerHour ?? 30_000,
    autoDisableMinEvents: options.autoDisableMinEvents ?? 1_000,
    threadBookkeeping: options.threadBookkeeping ?? false,
    legacyAssistant: options.legacyAssistant ?? false,
    codeLifetimeMs: options.codeLifetimeMs ?? 600_000,
    refreshGraceMs: options.refreshGraceMs ?? 0,
    reinstallToken: options.reinstallToken ?? 'same',
    uninstallFirst: options.uninstallFirst ?? 'tokens_revoked',
    rateLimits: options.rateLimits ?? {},
  };
}
