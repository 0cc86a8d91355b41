import { z } from 'zod';

/** Bodies of the admin API: closed, so that a misspelt key is an error and not a silent nothing. */

const text = z.string().min(1);
const json = z.record(z.string(), z.json());
/** A regular expression: one that cannot be read is refused here, before anything waits for it. */
const pattern = text.refine(readable, 'must be a regular expression');

function readable(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

export const whichApp = z.strictObject({ app: text.optional() });

export const deliver = z.strictObject({
  app: text.optional(),
  /** Which of the app's URLs; `url` replaces it. */
  target: z.enum(['events', 'interactions']).default('events'),
  url: z.url().optional(),
  /** An inner event: the envelope is made around it. */
  event: json.optional(),
  /** The whole payload as it stands; for interactions it becomes the form's `payload`. */
  payload: json.optional(),
  /** The bytes as they stand. */
  body: z.string().optional(),
  contentType: text.optional(),
  times: z.int().min(1).max(1000).default(1),
  headers: z.record(z.string(), z.string()).optional(),
  /** Sign with another secret, or with a timestamp that is so many seconds off. */
  signingSecret: text.optional(),
  timestampSkewSeconds: z.int().default(0),
});

const common = {
  delayMs: z.int().min(0).optional(),
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
};
export const fault = z.discriminatedUnion('target', [
  z.strictObject({
    target: z.literal('api'),
    method: text.default('*'),
    channel: text.optional(),
    effect: z.enum([
      'drop_request',
      'drop_answer',
      'reset',
      'hang',
      'delay',
      'http_error',
      'html',
      'rate_limited',
      'error',
      'slow_body',
      'truncated_json',
      'revoke_token',
    ]),
    status: z.int().min(100).max(599).optional(),
    applied: z.boolean().optional(),
    /** Seconds, a text that is sent as it stands, or null for no header. */
    retryAfter: z
      .union([z.int().min(0), z.string()])
      .nullable()
      .optional(),
    error: text.optional(),
    ...common,
  }),
  z.strictObject({
    target: z.literal('delivery'),
    event: text.default('*'),
    url: text.optional(),
    effect: z.enum(['drop', 'duplicate', 'delay', 'hold', 'skew', 'fail']),
    count: z.int().min(1).max(100).optional(),
    skewSeconds: z.int().optional(),
    reason: z
      .enum([
        'http_timeout',
        'too_many_redirects',
        'connection_failed',
        'ssl_error',
        'http_error',
        'unknown_error',
      ])
      .optional(),
    ...common,
  }),
]);

export const rateLimits = z.strictObject({
  enabled: z.boolean().optional(),
  rules: z
    .record(
      z.string(),
      z.strictObject({
        perMinute: z.int().min(0).optional(),
        burst: z.int().min(0).optional(),
        perChannelSecond: z.int().min(0).optional(),
        channelBurst: z.int().min(0).optional(),
      }),
    )
    .optional(),
});

export const setClock = z.strictObject({
  freeze: z.boolean().optional(),
  restart: z.boolean().optional(),
  advanceMs: z.int().min(0).optional(),
});

export const setOptions = z.strictObject({
  streamLifetimeMs: z.int().min(1).optional(),
  streamLifetime: z.enum(['total', 'idle']).optional(),
  streamMaxBytes: z.int().min(1).optional(),
  metadataMaxBytes: z.int().min(1).optional(),
  streamBlockBudget: z.enum(['call', 'message']).optional(),
  stopBlocksMismatch: z.boolean().optional(),
  blockMismatch: z.boolean().optional(),
  updateGuidance: z.enum(['report', 'enforce', 'off']).optional(),
  fileShareDelayMs: z.int().min(0).optional(),
  filesMaxBytes: z.int().min(1).optional(),
  connectFileCheck: z.boolean().optional(),
  strictChunks: z.boolean().optional(),
  dmStreamNeedsThread: z.boolean().optional(),
  ackTimeoutMs: z.int().min(1).optional(),
  retryScale: z.number().min(0).optional(),
  codeLifetimeMs: z.int().min(0).optional(),
  refreshGraceMs: z.int().min(0).optional(),
  reinstallToken: z.enum(['same', 'new']).optional(),
  uninstallFirst: z.enum(['tokens_revoked', 'app_uninstalled']).optional(),
  shuffleSeed: z.int().nullable().optional(),
  shuffleWindowMs: z.int().min(0).optional(),
  eventsPerHour: z.int().min(0).optional(),
  autoDisableMinEvents: z.int().min(1).optional(),
  threadBookkeeping: z.boolean().optional(),
  legacyAssistant: z.boolean().optional(),
});

const count = z.int().min(0).optional();
export const wait = z.strictObject({
  timeoutMs: z.int().min(0).max(300_000).default(10_000),
  condition: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('message'),
      channel: text.optional(),
      thread_ts: text.optional(),
      ts: text.optional(),
      textIncludes: text.optional(),
      textMatches: pattern.optional(),
      streaming_state: z.enum(['in_progress', 'completed', 'errored']).optional(),
      notStreamed: z.boolean().optional(),
      hasActionId: text.optional(),
      noActions: z.boolean().optional(),
      fromBot: z.boolean().optional(),
      user: text.optional(),
      ephemeralFor: text.optional(),
      after: text.optional(),
      count,
    }),
    z.strictObject({
      kind: z.literal('call'),
      method: text.optional(),
      channel: text.optional(),
      ok: z.boolean().optional(),
      error: text.optional(),
      argsInclude: text.optional(),
      after: z.int().optional(),
      count,
    }),
    z.strictObject({
      kind: z.literal('delivery'),
      type: text.optional(),
      state: z.enum(['pending', 'acknowledged', 'failed', 'dropped', 'no_url']).optional(),
      attempts: z.int().min(1).optional(),
      after: z.int().optional(),
      count,
    }),
    z.strictObject({ kind: z.literal('session'), channel: text, thread_ts: text, status: text }),
    z.strictObject({
      kind: z.literal('view'),
      user: text.optional(),
      callback_id: text.optional(),
      view_id: text.optional(),
      type: z.enum(['modal', 'home']).optional(),
      titleIncludes: text.optional(),
      textIncludes: text.optional(),
      hasError: z.boolean().optional(),
      closed: z.boolean().optional(),
      count,
    }),
  ]),
});
