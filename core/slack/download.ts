import type { DownloadOptions, SlackClient, SlackDownload } from './api.ts';
import { SlackFileError } from './file-error.ts';
import { isSlackHost } from './slack-host.ts';

const REDIRECTS = 3;

export interface DownloadDeps {
  token: string;
  /** Its origin counts as Slack's, so that a local stack can download from its simulator. */
  slackApiUrl: string;
  fetch?: typeof globalThis.fetch;
}

/**
 * Makes the download of one token. The token goes to Slack's own hosts and nowhere else: every address is checked,
 * and a redirect is followed only on the host it came from.
 */
export function createDownload({
  token,
  slackApiUrl,
  fetch = globalThis.fetch,
}: DownloadDeps): SlackClient['download'] {
  const api = new URL(slackApiUrl);

  const get = async (url: URL, signal: AbortSignal): Promise<Response> => {
    let at = url;
    for (let hops = 0; hops <= REDIRECTS; hops++) {
      if (!isSlackHost(at, api)) throw new SlackFileError('forbidden', 'the address is not one of Slack’s');
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(at.href, { headers, redirect: 'manual', signal });
      if (response.status < 300 || response.status >= 400) return response;
      await response.body?.cancel();
      const next = URL.parse(response.headers.get('location') ?? '', at.href);
      // Elsewhere is where people sign in; a browser would be sent there.
      if (next?.host !== url.host) throw new SlackFileError('forbidden', 'redirected to another host');
      at = next;
    }
    throw new SlackFileError('forbidden', 'redirected in a circle');
  };

  return async (
    address: string,
    { maxBytes, timeoutMs, signal }: DownloadOptions,
  ): Promise<SlackDownload> => {
    const url = URL.parse(address);
    if (!url) throw new SlackFileError('forbidden', 'the address is none');
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await get(url, AbortSignal.any([signal, timeout]));
      if (!response.ok) {
        await response.body?.cancel();
        throw failureOfStatus(response);
      }
      const contentType =
        (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      return { bytes: await readBody(response, maxBytes), contentType };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SlackFileError) throw error;
      throw new SlackFileError('network', timeout.aborted ? 'timeout' : 'no answer');
    }
  };
}

function failureOfStatus({ status, headers }: Response): SlackFileError {
  if (status === 404 || status === 410) return new SlackFileError('gone', `HTTP ${status}`);
  if (status === 429) {
    const seconds = Number(headers.get('retry-after'));
    return new SlackFileError('network', 'HTTP 429', Number.isFinite(seconds) ? seconds * 1000 : 0);
  }
  return new SlackFileError(status >= 500 ? 'network' : 'forbidden', `HTTP ${status}`);
}

/** Stops reading at the limit, whatever the header promised. @throws SlackFileError too_large */
async function readBody({ body, headers }: Response, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new SlackFileError('too_large', `more than ${maxBytes} bytes`);
  if (Number(headers.get('content-length')) > maxBytes) {
    await body?.cancel();
    throw tooLarge();
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream and with it the connection.
  for await (const part of body ?? []) {
    length += part.length;
    if (length > maxBytes) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}
