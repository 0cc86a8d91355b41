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
  /** Refuse card texts over 256 characters, as documented but not measured (§1.3). */
  strictChunks?: boolean;
  /** Require `thread_ts` for streams in DMs too (§1.2 UNCERTAIN); default true. */
  dmStreamNeedsThread?: boolean;
  /** How long Slack waits for an answer to a delivery (§6); default 3,000 ms. */
  ackTimeoutMs?: number;
  /** Factor on the retry delays 0 s, 1 min, 5 min (§6); default 1. */
  retryScale?: number;
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
    strictChunks: options.strictChunks ?? false,
    dmStreamNeedsThread: options.dmStreamNeedsThread ?? true,
    ackTimeoutMs: options.ackTimeoutMs ?? 3_000,
    retryScale: options.retryScale ?? 1,
    rateLimits: options.rateLimits ?? {},
  };
}
