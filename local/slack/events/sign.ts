import { createHmac } from 'node:crypto';

/** The headers that sign a delivery (§7): `v0=` HMAC-SHA256 over `v0:timestamp:body`. */
export function signatureHeaders(secret: string, timestamp: number, body: string): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${mac}` };
}
