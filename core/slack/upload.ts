import { SlackCallError } from './api.ts';
import { isSlackHost } from './slack-host.ts';

/** Stands for the upload address in errors and logs, as if it were a method. */
export const UPLOAD = 'upload_url';

/**
 * Sends a file's bytes to the address that `files.getUploadURLExternal` gave.
 *
 * @throws SlackCallError of `upload_url`; a status that no other try would mend is the `platform` code `http_<status>`
 */
export type SendUpload = (url: string, bytes: Uint8Array) => Promise<void>;

export interface UploadOptions {
  /** Its origin counts as Slack's, so that a local stack can upload to its simulator. */
  slackApiUrl: string;
  timeoutMs: number;
  fetch?: typeof globalThis.fetch;
}

/**
 * Makes the upload. The bytes go as they are (Slack takes raw bytes or a form), without the token, which the address
 * does not need; to Slack's own hosts only; and no redirect is followed.
 */
export function createUpload({
  slackApiUrl,
  timeoutMs,
  fetch = globalThis.fetch,
}: UploadOptions): SendUpload {
  const api = new URL(slackApiUrl);
  return async (address, bytes) => {
    const url = URL.parse(address);
    if (!url || !isSlackHost(url, api)) throw refused('foreign_host');
    const response = await post(fetch, url, bytes, timeoutMs);
    await response.body?.cancel();
    const { status } = response;
    if (status === 200) return;
    if (status === 429) {
      const seconds = Number(response.headers.get('retry-after'));
      const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : DEFAULT_RETRY_AFTER_MS;
      throw new SlackCallError(UPLOAD, { kind: 'rate_limited', retryAfterMs });
    }
    if (status >= 500) throw new SlackCallError(UPLOAD, { kind: 'unknown', detail: `HTTP ${status}` });
    throw refused(`http_${status}`);
  };
}

const DEFAULT_RETRY_AFTER_MS = 30_000;

const refused = (code: string) => new SlackCallError(UPLOAD, { kind: 'platform', code, messages: [] });

async function post(
  fetch: typeof globalThis.fetch,
  url: URL,
  bytes: Uint8Array,
  timeoutMs: number,
): Promise<Response> {
  try {
    return await fetch(url.href, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Uint8Array.from(bytes),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    // What fetch says may hold the address, which is a right to upload.
    throw new SlackCallError(UPLOAD, { kind: 'unknown', detail: 'no answer' });
  }
}
