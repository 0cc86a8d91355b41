import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own window: older requests may be replays. Ours holds for the future too. */
const WINDOW_SECONDS = 300;
const VERSION = 'v0';

export interface SignedRequest {
  /** `X-Slack-Request-Timestamp`, as it came. */
  timestamp: string | undefined;
  /** `X-Slack-Signature`, as it came. */
  signature: string | undefined;
  body: Buffer;
}

export type Verification =
  | 'valid'
  | 'missing_headers'
  | 'no_secret'
  | 'bad_timestamp'
  | 'stale'
  | 'bad_signature';

/** The signature that Slack computes: `v0=` and HMAC-SHA256 over `v0:<timestamp>:<raw body>`, in hex. */
export function signatureOf(secret: string, timestamp: string, body: Buffer): string {
  return `${VERSION}=${createHmac('sha256', secret).update(`${VERSION}:${timestamp}:`).update(body).digest('hex')}`;
}

/**
 * Checks Slack's signature over the raw bytes, in constant time (docs.slack.dev, "Verifying requests from Slack").
 * An empty secret is a missing one: it never matches and nothing else is tried in its place (case G-27).
 *
 * @param secret the app's signing secret
 * @param now epoch milliseconds
 */
export function verifyRequest(request: SignedRequest, secret: string | undefined, now: number): Verification {
  const { timestamp, signature, body } = request;
  if (!timestamp || !signature) return 'missing_headers';
  if (!secret) return 'no_secret';
  if (!/^\d{1,12}$/.test(timestamp)) return 'bad_timestamp';
  if (Math.abs(Math.floor(now / 1000) - Number(timestamp)) > WINDOW_SECONDS) return 'stale';
  // A repeated header arrives joined by a comma and fails here like every other form that Slack does not send.
  if (!/^v0=[0-9a-f]{64}$/.test(signature)) return 'bad_signature';
  const expected = Buffer.from(signatureOf(secret, timestamp, body));
  return timingSafeEqual(expected, Buffer.from(signature)) ? 'valid' : 'bad_signature';
}
