import { binaryKind } from './binary-kinds.ts';
import { type ImageSize, type ImageType, readImageSize } from './image-size.ts';

/** What a file is by its bytes. `what` names a kind that models do not read. */
export type SniffedFile =
  | ({ type: 'image'; mediaType: ImageType } & ImageSize)
  | { type: 'pdf' }
  | { type: 'text'; text: string }
  | { type: 'empty' }
  | { type: 'damaged'; what: string }
  | { type: 'encrypted' }
  /** Text, but in none of the encodings that say of themselves what they are. */
  | { type: 'encoding' }
  | { type: 'binary'; what?: string };

const images: readonly [starts: (head: string) => boolean, ImageType, what: string][] = [
  [(head) => head.startsWith('\x89PNG\r\n\x1a\n'), 'image/png', 'PNG image'],
  [(head) => head.startsWith('\xff\xd8\xff'), 'image/jpeg', 'JPEG image'],
  [(head) => head.startsWith('GIF87a') || head.startsWith('GIF89a'), 'image/gif', 'GIF image'],
  [(head) => head.startsWith('RIFF') && head.startsWith('WEBP', 8), 'image/webp', 'WebP image'],
];

/**
 * Tells what a file is by its bytes alone: neither its name nor what Slack says of it is asked, for both are whatever
 * somebody wrote. A file that is two things at once is what its first bytes say. SVG and HTML are text.
 */
export function sniffFile(bytes: Uint8Array): SniffedFile {
  if (bytes.length === 0) return { type: 'empty' };
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  for (const [starts, mediaType, what] of images) {
    if (!starts(head)) continue;
    const size = readImageSize(bytes, mediaType);
    return size ? { type: 'image', mediaType, ...size } : { type: 'damaged', what };
  }
  return head.startsWith('%PDF-') ? sniffPdf(bytes) : sniffText(bytes);
}

/** Its trailer is there and names no encryption (ISO 32000-1, 7.5.5): providers refuse both kinds. */
function sniffPdf(bytes: Uint8Array): SniffedFile {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!text.includes('startxref')) return { type: 'damaged', what: 'PDF' };
  return /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(text) ? { type: 'encrypted' } : { type: 'pdf' };
}

/** Control characters that text files do not have; tabs, line and page breaks, backspace and escape are usual. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNUSUAL = /[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]/g;
/** Above this share of its characters, what decodes as text is not meant as text. */
const UNUSUAL_SHARE = 0.02;

function sniffText(bytes: Uint8Array): SniffedFile {
  const text = decodeText(bytes);
  const what = binaryKind(bytes);
  const binary: SniffedFile = { type: 'binary', ...(what ? { what } : {}) };
  if (text === undefined) {
    const looksLikeText = isText(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
    );
    return looksLikeText && !what ? { type: 'encoding' } : binary;
  }
  if (text.length === 0) return { type: 'empty' };
  return isText(text) ? { type: 'text', text } : binary;
}

function isText(text: string): boolean {
  if (text.includes('\0')) return false;
  return (text.match(UNUSUAL)?.length ?? 0) <= text.length * UNUSUAL_SHARE;
}

/** UTF-16 by its byte order mark, UTF-8 with or without one; undefined for what is neither. */
function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
