import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api';
import { type ConnectSlackClient, SlackCallError, type SlackClient, type SlackFailure } from './api.ts';
import { createDownload } from './download.ts';

/** Slack sometimes sends 429 without a usable Retry-After (node-slack-sdk #1421). */
const DEFAULT_RETRY_AFTER_MS = 30_000;
/** More workspaces than one container serves at a time. */
const CACHED_CLIENTS = 100;

/** The SDK's own lines would repeat ours, without our fields. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

export interface SlackConnectOptions {
  slackApiUrl: string;
  /** Milliseconds until a call without an answer counts as unknown. */
  timeoutMs: number;
  fetch?: typeof globalThis.fetch;
}

/**
 * Connects to Slack's Web API, one client per token kept while the container lives. A call is sent once: retries
 * and waiting belong to the queue and the state machine, never to a Lambda that is paid by the millisecond.
 */
export function createSlackConnect({
  slackApiUrl,
  timeoutMs,
  fetch,
}: SlackConnectOptions): ConnectSlackClient {
  const clients = new Map<string, SlackClient>();
  return (botToken) => {
    const known = clients.get(botToken);
    if (known) return known;
    const client = new WebClient(botToken, {
      slackApiUrl,
      timeout: timeoutMs,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger: silent,
      ...(fetch ? { fetch } : {}),
    });
    const api = toSlackApi(
      client,
      createDownload({ token: botToken, slackApiUrl, ...(fetch ? { fetch } : {}) }),
    );
    if (clients.size >= CACHED_CLIENTS) clients.clear();
    clients.set(botToken, api);
    return api;
  };
}

function toSlackApi(client: WebClient, download: SlackClient['download']): SlackClient {
  return {
    download,
    async call<T>(method: string, args: Record<string, unknown>) {
      try {
        return (await client.apiCall(method, args)) as T;
      } catch (error) {
        throw new SlackCallError(method, failureOf(error));
      }
    },
  };
}

/** What is known of a failed call. Nothing of the request is kept: it holds texts, and its headers the token. */
export function failureOf(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'rate_limited', retryAfterMs: Math.max(1, error.retryAfter) * 1000 };
  if (error instanceof WebAPIPlatformError) return platformFailure(error);
  if (error instanceof WebAPIHTTPError) return { kind: 'unknown', detail: `HTTP ${error.statusCode}` };
  if (error instanceof Error && error.message.startsWith('Retry header did not contain'))
    return { kind: 'rate_limited', retryAfterMs: DEFAULT_RETRY_AFTER_MS };
  return { kind: 'unknown', detail: error instanceof Error ? causeName(error) : 'no answer' };
}

function platformFailure({ data }: WebAPIPlatformError): SlackFailure {
  // The SDK puts a body that is not JSON where the error word stands.
  if (!/^[a-z][a-z0-9_]{1,80}$/i.test(data.error)) return { kind: 'unknown', detail: 'not JSON' };
  if (data.error === 'ratelimited' || data.error === 'rate_limited')
    return {
      kind: 'rate_limited',
      retryAfterMs: (data.response_metadata?.retryAfter ?? DEFAULT_RETRY_AFTER_MS / 1000) * 1000,
    };
  return { kind: 'platform', code: data.error, messages: data.response_metadata?.messages ?? [] };
}

/** The innermost error's name or system code: messages may hold addresses. */
function causeName(error: Error): string {
  let inner: Error = 'original' in error && error.original instanceof Error ? error.original : error;
  while (inner.cause instanceof Error) inner = inner.cause;
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name;
}
