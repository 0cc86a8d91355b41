import { type FailureReason, failureReason } from './failure.ts';
import { signatureHeaders } from './sign.ts';

/** One HTTP request to an app. */
export type Outgoing = {
  url: string;
  contentType: string;
  body: string;
  secret: string;
  /** Seconds since the epoch that are signed. */
  timestamp: number;
  timeoutMs: number;
  headers?: Record<string, string>;
};

export type Sent = {
  status: number | null;
  durationMs: number;
  failure: FailureReason | null;
  answer: string | null;
  noRetry: boolean;
};

/** Redirects that Slack follows (§6 Ack). */
const MAX_REDIRECTS = 2;
/** Characters of an answer that are kept: more than the largest view (§3 Global), which is the most that counts. */
const MAX_ANSWER = 1_000_000;

/** Sends one signed request and judges the answer as Slack does: 2xx within the time, at most two redirects (§6). */
export async function send(outgoing: Outgoing): Promise<Sent> {
  const began = performance.now();
  const signal = AbortSignal.timeout(outgoing.timeoutMs);
  const took = () => Math.round((performance.now() - began) * 10) / 10;
  try {
    const response = await follow(outgoing, signal);
    if (response === 'too_many_redirects') {
      return { status: 302, durationMs: took(), failure: 'too_many_redirects', answer: null, noRetry: false };
    }
    const answer = (await response.text()).slice(0, MAX_ANSWER);
    return {
      status: response.status,
      durationMs: took(),
      failure: response.ok ? null : 'http_error',
      answer,
      noRetry: response.headers.get('x-slack-no-retry') === '1' && response.status !== 200,
    };
  } catch (error) {
    const failure = signal.aborted ? 'http_timeout' : failureReason(error);
    return { status: null, durationMs: took(), failure, answer: null, noRetry: false };
  }
}

async function follow(outgoing: Outgoing, signal: AbortSignal): Promise<Response | 'too_many_redirects'> {
  let url = outgoing.url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal,
      body: outgoing.body,
      headers: {
        'content-type': outgoing.contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signatureHeaders(outgoing.secret, outgoing.timestamp, outgoing.body),
        ...outgoing.headers,
      },
    });
    const location = response.headers.get('location');
    if (![301, 302].includes(response.status) || location === null) return response;
    url = new URL(location, url).href;
  }
  return 'too_many_redirects';
}
