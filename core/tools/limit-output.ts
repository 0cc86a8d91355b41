/** What one result may take of the model's context while its window is unknown (case K-31). */
export const OUTPUT_LIMIT_BYTES = 64 * 1024;

/**
 * Makes a tool's result something JSON can hold, of at most `limitBytes` UTF-8 bytes. What is longer becomes text:
 * its first two thirds and its last third, with a marker between them that says how much is missing.
 *
 * @throws TypeError for what JSON cannot hold (cycles, BigInt)
 */
export function limitOutput(value: unknown, limitBytes = OUTPUT_LIMIT_BYTES): unknown {
  const json = JSON.stringify(value);
  if (json === undefined) return null;
  const bytes = Buffer.byteLength(json);
  if (bytes <= limitBytes) return JSON.parse(json);
  return cutMiddle(typeof value === 'string' ? value : json, limitBytes);
}

/** Head two thirds, tail one third; characters stay whole. */
function cutMiddle(text: string, limitBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= limitBytes) return text;
  const marker = (left: number) => `\n\n[… ${left} of ${bytes.length} bytes left out …]\n\n`;
  const room = Math.max(0, limitBytes - Buffer.byteLength(marker(bytes.length)));
  const head = wholeHead(bytes, Math.floor((room * 2) / 3));
  const tail = wholeTail(bytes, Math.floor(room / 3));
  return `${head.toString()}${marker(bytes.length - head.length - tail.length)}${tail.toString()}`;
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

function wholeHead(bytes: Buffer, length: number): Buffer {
  let end = length;
  while (end > 0 && isContinuation(bytes[end])) end--;
  return bytes.subarray(0, end);
}

function wholeTail(bytes: Buffer, length: number): Buffer {
  let start = bytes.length - length;
  while (start < bytes.length && isContinuation(bytes[start])) start++;
  return bytes.subarray(start);
}
