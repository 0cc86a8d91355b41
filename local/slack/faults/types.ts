import type { FailureReason } from '../events/failure.ts';

/** Misbehaviour of Slack towards the app: Web API, response_url, upload and download URLs. */
export type ApiEffect =
  /** The connection is closed; nothing was applied. */
  | 'drop_request'
  /** The call is applied, then the connection is closed without an answer. */
  | 'drop_answer'
  /** The connection is reset (TCP RST); with `applied` after the call was applied. */
  | 'reset'
  /** Never an answer: the app's own timeout has to end it; with `applied` after the call was applied. */
  | 'hang'
  /** Only late (`delayMs`); with `applied` the call is applied first and its answer is late. */
  | 'delay'
  /** `status` (default 503) with a text body; with `applied` after the call was applied. */
  | 'http_error'
  /** An HTML page instead of JSON, `status` (default 200). */
  | 'html'
  /** 429 with `retryAfter` (default 1 s; a text is sent as it stands); `null` leaves the header out. */
  | 'rate_limited'
  /** `{ok: false, error}`. */
  | 'error'
  /** The call is applied and its answer comes in pieces over `delayMs` (default 2,000). */
  | 'slow_body'
  /** The call is applied and its answer ends in its middle: not JSON. */
  | 'truncated_json'
  /** The call's token is revoked for good, then the call is made: `token_revoked`, also afterwards. */
  | 'revoke_token';

/** Misbehaviour of deliveries to the app. */
export type DeliveryEffect =
  /** Never sent. */
  | 'drop'
  /** Sent `count` times in all, at once. */
  | 'duplicate'
  | 'delay'
  /** Held back until the next delivery has been sent: two events swap their order. */
  | 'hold'
  /** Not sent, and counted as failed for `reason`, so that the retries of §6 follow. */
  | 'fail'
  /** Signed with a timestamp that is `skewSeconds` off: below 0 in the past. */
  | 'skew';

type Common = {
  delayMs?: number | undefined;
  /** For how many matching calls; without it until cleared. */
  times?: number | undefined;
  /** 0 to 1; drawn from `seed`, so that a run can be repeated. */
  probability?: number | undefined;
  seed?: number | undefined;
};

export type ApiFault = Common & {
  target: 'api';
  /** A method, a prefix such as `chat.*`, `response_url`, `upload_url`, `file_url`, or `*`. */
  method: string;
  /** Only calls with this `channel` (or `channel_id`). */
  channel?: string | undefined;
  effect: ApiEffect;
  status?: number | undefined;
  applied?: boolean | undefined;
  retryAfter?: number | string | null | undefined;
  error?: string | undefined;
};

export type DeliveryFault = Common & {
  target: 'delivery';
  /** An event type (`app_mention`, `message`, `block_actions`, …), a prefix such as `view_*`, or `*`. */
  event: string;
  /** Only deliveries to URLs that contain this. */
  url?: string | undefined;
  effect: DeliveryEffect;
  count?: number | undefined;
  skewSeconds?: number | undefined;
  /** One of `x-slack-retry-reason`; default `unknown_error`. */
  reason?: FailureReason | undefined;
};

export type Fault = ApiFault | DeliveryFault;

/** A fault that is switched on, as the admin API shows it. */
export type ActiveFault = Fault & {
  id: number;
  left: number | null;
  hits: number;
  /** What it does, as a sentence. */
  description: string;
};
