import { isUtf8 } from 'node:buffer';

/** What we need of an HTTP API event (payload format 2.0). */
export interface HttpRequest {
  headers?: Record<string, string | undefined>;
  body?: string;
  isBase64Encoded?: boolean;
}

/**
 * The body's bytes as the sender sent them. API Gateway hands forms over in base64; decoding that into a string
 * first would change bytes that are not UTF-8, and with them the signature.
 */
export function requestBytes(request: HttpRequest): Buffer {
  return Buffer.from(request.body ?? '', request.isBase64Encoded ? 'base64' : 'utf8');
}

/** A header's value, whatever the case of its name. HTTP APIs join repeated headers with a comma. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const headers = request.headers ?? {};
  const found =
    headers[name] ?? headers[Object.keys(headers).find((key) => key.toLowerCase() === name) ?? ''];
  return found === '' ? undefined : found;
}

/** The bytes as text; undefined when they are not UTF-8. */
export function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
