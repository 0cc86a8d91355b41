import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DownloadOptions,
  type SlackApi,
  SlackCallError,
  type SlackClient,
  type SlackDownload,
} from './api.ts';
import { SlackFileError } from './file-error.ts';

/** Between the tries, milliseconds; a run is paid while it waits. */
const PAUSES_MS = [300, 1_200];
const WAIT_LIMIT_MS = 2_000;

export interface FetchFileOptions extends DownloadOptions {
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface FetchedFile {
  bytes: Uint8Array;
  /** As Slack names it; a message of Slack Connect may have had only the id. */
  name?: string;
}

/** The fields of Slack's file object that matter here (docs.slack.dev/reference/objects/file-object). */
interface FileInfo {
  name?: string;
  mimetype?: string;
  mode?: string;
  size?: number;
  is_external?: boolean;
  url_private?: string;
  url_private_download?: string;
}

/**
 * Fetches a file by its id: `files.info` for the address (a message may have none, and a file shared from another
 * organisation has to be asked for), then the bytes. At most three tries and two seconds of waiting in all.
 *
 * @throws SlackFileError; with the signal's reason when it was aborted
 */
export async function fetchFile(
  slack: SlackClient,
  fileId: string,
  { wait = (ms, signal) => sleep(ms, undefined, { signal }), ...options }: FetchFileOptions,
): Promise<FetchedFile> {
  const { signal } = options;
  let waited = 0;
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await fetchOnce(slack, fileId, options);
    } catch (error) {
      signal.throwIfAborted();
      const pause = PAUSES_MS[attempt];
      if (!(error instanceof SlackFileError) || error.kind !== 'network' || pause === undefined) throw error;
      const ms = Math.max(pause, error.retryAfterMs);
      if (waited + ms > WAIT_LIMIT_MS) throw error;
      waited += ms;
      await wait(ms, signal);
    }
  }
}

async function fetchOnce(slack: SlackClient, fileId: string, options: DownloadOptions): Promise<FetchedFile> {
  const info = await orAborted(fileInfo(slack, fileId), options.signal);
  const url = addressOf(info);
  if ((info.size ?? 0) > options.maxBytes) throw new SlackFileError('too_large', `${info.size} bytes`);
  const download = await slack.download(url, options);
  if (isLoginPage(download, info))
    throw new SlackFileError('forbidden', 'a sign-in page came instead of the file');
  return { bytes: download.bytes, ...(info.name ? { name: info.name } : {}) };
}

async function fileInfo(slack: SlackApi, fileId: string): Promise<FileInfo> {
  try {
    const { file } = await slack.call<{ file?: FileInfo }>('files.info', { file: fileId });
    if (file) return file;
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    throw failureOfCall(error);
  }
  throw new SlackFileError('network', 'files.info answered without a file');
}

/** Words of `files.info` for a file that is not there, and of Slack's own trouble (its method reference). */
const GONE = new Set(['file_not_found', 'file_deleted']);
const TROUBLE = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

function failureOfCall({ failure }: SlackCallError): SlackFileError {
  if (failure.kind === 'rate_limited')
    return new SlackFileError('network', 'ratelimited', failure.retryAfterMs);
  if (failure.kind === 'unknown') return new SlackFileError('network', failure.detail);
  if (GONE.has(failure.code)) return new SlackFileError('gone', failure.code);
  return new SlackFileError(TROUBLE.has(failure.code) ? 'network' : 'forbidden', failure.code);
}

/** Modes of what Slack shows as a file and keeps as a document; their download is a page of HTML. */
const DOCUMENT_MODES = new Set(['canvas', 'quip', 'docs']);

function addressOf({ mode, mimetype, is_external, url_private, url_private_download }: FileInfo): string {
  if (mode === 'tombstone' || mode === 'hidden_by_limit') throw new SlackFileError('gone', mode);
  if (is_external || mode === 'external') throw new SlackFileError('external', 'kept outside Slack');
  if (DOCUMENT_MODES.has(mode ?? '') || mimetype?.startsWith('application/vnd.slack-'))
    throw new SlackFileError('document', mode ?? mimetype ?? '');
  const url = url_private_download || url_private;
  if (!url) throw new SlackFileError('gone', 'no address');
  return url;
}

/**
 * Slack answers a token without `files:read` with a page to sign in, and with 200. A page that somebody shared has the
 * size that Slack says, and does not claim to be a picture or PDF.
 */
function isLoginPage({ bytes, contentType }: SlackDownload, { mimetype = '', size }: FileInfo): boolean {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1').trimStart().toLowerCase();
  const html = contentType === 'text/html' || /^(<!doctype html|<html)\b/.test(head);
  return html && (bytes.length !== size || /^(image\/|application\/pdf)/.test(mimetype));
}

/** A call that cannot be aborted is left to itself. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
