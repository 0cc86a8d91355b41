import { z } from 'zod';

/** Bodies of the admin API: closed, so that a misspelt key is an error and not a silent nothing. */

const text = z.string().min(1);
const json = z.record(z.string(), z.json());

export const setApp = z.strictObject({
  app: text.optional(),
  eventsUrl: z.url().nullable().optional(),
  interactionsUrl: z.url().nullable().optional(),
  signingSecret: text.optional(),
  subscriptions: z.array(text).optional(),
  isAgent: z.boolean().optional(),
});

export const setInstallation = z.strictObject({
  app: text.optional(),
  team: text.optional(),
  scopes: z.array(text).optional(),
  revoked: z.boolean().optional(),
});

export const newWorkspace = z.strictObject({ id: text.optional(), name: text, domain: text.optional() });
export const newPerson = z.strictObject({
  id: text.optional(),
  teamId: text,
  name: text,
  displayName: text.optional(),
  timeZone: text.optional(),
  isGuest: z.boolean().optional(),
  deleted: z.boolean().optional(),
});
export const newApp = z.strictObject({
  id: text.optional(),
  name: text,
  signingSecret: text,
  isAgent: z.boolean().optional(),
  eventsUrl: z.url().nullable().optional(),
  interactionsUrl: z.url().nullable().optional(),
  subscriptions: z.array(text).optional(),
});
export const newInstallation = z.strictObject({
  app: text,
  teamId: text,
  botToken: text.optional(),
  scopes: z.array(text).optional(),
});
export const newChannel = z.strictObject({
  id: text.optional(),
  teamId: text,
  name: text,
  kind: z.enum(['channel', 'group', 'im']).optional(),
  members: z.array(text),
  extShared: z.boolean().optional(),
});
export const changeChannel = z.strictObject({
  channel: text,
  archived: z.boolean().optional(),
  extShared: z.boolean().optional(),
  join: z.array(text).optional(),
  leave: z.array(text).optional(),
});

export const post = z.strictObject({
  user: text,
  channel: text,
  text: z.string(),
  thread_ts: text.optional(),
});
export const edit = z.strictObject({ user: text, channel: text, ts: text, text });
export const remove = z.strictObject({ user: text, channel: text, ts: text });
export const stop = z.strictObject({ user: text, channel: text, thread_ts: text });
export const click = z.strictObject({
  user: text,
  channel: text,
  ts: text,
  action_id: text,
  block_id: text.optional(),
  choice: z.enum(['positive', 'negative']).optional(),
  state: json.optional(),
});

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
    effect: z.enum(['drop_request', 'drop_answer', 'delay', 'http_error', 'html', 'rate_limited', 'error']),
    status: z.int().min(100).max(599).optional(),
    applied: z.boolean().optional(),
    retryAfter: z.int().min(0).nullable().optional(),
    error: text.optional(),
    ...common,
  }),
  z.strictObject({
    target: z.literal('delivery'),
    event: text.default('*'),
    effect: z.enum(['drop', 'duplicate', 'delay', 'hold']),
    count: z.int().min(1).max(100).optional(),
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
  strictChunks: z.boolean().optional(),
  dmStreamNeedsThread: z.boolean().optional(),
  ackTimeoutMs: z.int().min(1).optional(),
  retryScale: z.number().min(0).optional(),
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
      textMatches: text.optional(),
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
  ]),
});
