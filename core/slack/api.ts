/**
 * What is known of a Slack call that failed.
 * - `platform`: Slack answered `ok: false`; `code` is its error word.
 * - `rate_limited`: HTTP 429; not applied. `retryAfterMs` is Retry-After, or a default where Slack sent none.
 * - `unknown`: no usable answer (timeout, reset, 5xx, HTML): the call may or may not have been applied.
 */
export type SlackFailure =
  | { kind: 'platform'; code: string; messages: string[] }
  | { kind: 'rate_limited'; retryAfterMs: number }
  | { kind: 'unknown'; detail: string };

/** A Slack call that failed. Its message names method and failure, never arguments or the token. */
export class SlackCallError extends Error {
  override readonly name = 'SlackCallError';
  readonly method: string;
  readonly failure: SlackFailure;
  constructor(method: string, failure: SlackFailure) {
    const what =
      failure.kind === 'platform'
        ? failure.code
        : failure.kind === 'rate_limited'
          ? 'ratelimited'
          : failure.detail;
    super(`${method}: ${what}`);
    this.method = method;
    this.failure = failure;
  }
}

/** One workspace's Web API: sends once, never retries, never sleeps. */
export interface SlackApi {
  /** @returns Slack's answer @throws SlackCallError */
  call<T = Record<string, unknown>>(method: string, args: Record<string, unknown>): Promise<T>;
}

/** Makes the Web API of an installation out of its bot token. */
export type ConnectSlack = (botToken: string) => SlackApi;
