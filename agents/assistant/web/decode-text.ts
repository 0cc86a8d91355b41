import { TextDecoder } from 'node:util';

/** Byte order marks outrank every declaration (WHATWG Encoding, “BOM sniff”). */
const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];

const PROLOGUE_BYTES = 1_024;

/**
 * Makes text of a page's bytes: by its byte order mark, by what HTTP says, by what it says itself in its first KB
 * (`<meta charset>`, `<?xml encoding>`), else UTF-8, and windows-1252 for what is not valid UTF-8, as browsers do.
 * What does not fit a declared encoding becomes U+FFFD. A character that the size limit cut in half is left out.
 *
 * @param declared the charset of Content-Type
 */
export function decodeText(bytes: Buffer, declared: string | undefined): string {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  const labels = [marked, declared, declaredWithin(bytes)];
  for (const label of labels) {
    const decoder = label && decoderFor(label);
    if (decoder) return decoder.decode(bytes, { stream: true });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function declaredWithin(bytes: Buffer): string | undefined {
  const prologue = bytes.subarray(0, PROLOGUE_BYTES).toString('latin1');
  const label =
    /<meta\b[^>]*?\bcharset\s*=\s*["']?([\w:.-]+)/i.exec(prologue)?.[1] ??
    /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w:.-]+)/i.exec(prologue)?.[1];
  // Bytes in which this could be read are not UTF-16 (WHATWG HTML, “prescan a byte stream”).
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

/** @returns undefined for an encoding that is not known */
function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
