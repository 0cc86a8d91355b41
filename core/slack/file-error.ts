/**
 * Why a file of Slack's could not be had.
 * - `gone`: deleted, hidden by the plan's limit, or not visible to the app.
 * - `forbidden`: Slack refuses it to this token; most often the scope `files:read` is missing.
 * - `too_large`: larger than what the caller reads.
 * - `external`: Slack knows only where it is; the bytes are elsewhere.
 * - `document`: a canvas or another document of Slack's own, which is no file.
 * - `network`: no usable answer, or a rate limit; worth another try, after `retryAfterMs` where Slack named a time.
 */
export type SlackFileFailure = 'gone' | 'forbidden' | 'too_large' | 'external' | 'document' | 'network';

/** A download that failed. Its message holds neither the address, which may carry a token, nor the file's name. */
export class SlackFileError extends Error {
  override readonly name = 'SlackFileError';
  readonly kind: SlackFileFailure;
  readonly retryAfterMs: number;
  constructor(kind: SlackFileFailure, detail: string, retryAfterMs = 0) {
    super(`${kind}: ${detail}`);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
