import { cleanText } from './clean-value.ts';
import { fieldsOf } from './raw-part.ts';

/** Bytes in base64, bare or tagged; a provider's own names of an uploaded file; a text. */
export type StoredFileData =
  | string
  | { type: 'data'; data: string }
  | { type: 'reference'; reference: Record<string, string> }
  | { type: 'text'; text: string };

/**
 * The data of a stored file part, structured as it is (case K-13); undefined when it is no valid base64, or a URL:
 * the SDK would fetch that from inside our network.
 */
export function healFileData(value: unknown): StoredFileData | undefined {
  if (typeof value === 'string') return isBase64(value) ? value : undefined;
  const { type, data, text, ...rest } = fieldsOf(value);
  if (type === 'data') return typeof data === 'string' && isBase64(data) ? { type, data } : undefined;
  if (type === 'text')
    return typeof text === 'string' && text.trim() ? { type, text: cleanText(text) } : undefined;
  const reference = type === 'reference' ? rest.reference : type === undefined ? value : undefined;
  return isReference(reference) ? { type: 'reference', reference } : undefined;
}

/** In characters of either alphabet, with or without padding; nothing at all is no file. */
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

function isBase64(text: string): boolean {
  return text.replace(/=+$/, '').length % 4 !== 1 && BASE64.test(text);
}

function isReference(value: unknown): value is Record<string, string> {
  const names = Object.entries(fieldsOf(value));
  return names.length > 0 && names.every(([, id]) => typeof id === 'string' && id.isWellFormed());
}
