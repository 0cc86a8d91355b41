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

/** The same with what only the loop needs: tools get no way to addresses. */
export interface SlackClient extends SlackApi {
  /**
   * Downloads what Slack keeps at an address of its own (a file's `url_private_download`), with the token.
   *
   * @throws SlackFileError; with the signal's reason when it was aborted
   */
  download(url: string, options: DownloadOptions): Promise<SlackDownload>;
}

export interface DownloadOptions {
  /** What is larger is not read to its end. */
  maxBytes: number;
  timeoutMs: number;
  signal: AbortSignal;
}

export interface SlackDownload {
  bytes: Uint8Array;
  /** As Slack sent it, lower case, without parameters; empty where it sent none. */
  contentType: string;
}

/** Makes the Web API of an installation out of its bot token. */
export type ConnectSlack = (botToken: string) => SlackApi;

/** The same for whoever downloads files too. */
export type ConnectSlackClient = (botToken: string) => SlackClient;
