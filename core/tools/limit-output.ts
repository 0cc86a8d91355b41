/** A result as the model gets it. */
export interface LimitedOutput {
  value: unknown;
  /** The whole as text, when `value` is only its beginning and its end; `bytes` of it in UTF-8. */
  whole?: { text: string; bytes: number };
}

/** What a result takes of the model's context, in UTF-8 bytes: its text, or its JSON. */
export function outputBytes(value: unknown): number {
  return Buffer.byteLength(textOf(value));
}

/**
 * Keeps a result within `limitBytes` UTF-8 bytes. What is longer becomes text: its first two thirds and its last
 * third, with a marker between them that says what is missing and how to read it (capability 58, case K-31).
 *
 * @param value as `jsonValue` gave it
 * @param ref under which `read_output` gives the whole
 */
export function limitOutput(value: unknown, limitBytes: number, ref: string): LimitedOutput {
  const text = textOf(value);
  const bytes = Buffer.from(text);
  if (bytes.length <= limitBytes) return { value };
  return { value: cutMiddle(bytes, limitBytes, ref), whole: { text, bytes: bytes.length } };
}

/**
 * The part of a text from a byte on, at most `length` bytes of it. Both ends move back to where a character begins,
 * but a part that is not at the text's end holds one character at least.
 *
 * @returns the text, and the bytes it begins at and ends before
 */
export function partOf(text: string, offset: number, length: number) {
  const bytes = Buffer.from(text);
  const from = wholeHead(bytes, Math.min(offset, bytes.length)).length;
  const part = wholeHead(bytes.subarray(from), Math.max(4, length));
  return { text: part.toString(), from, to: from + part.length, bytes: bytes.length };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');

/** Head two thirds, tail one third; characters stay whole. */
function cutMiddle(bytes: Buffer, limitBytes: number, ref: string): string {
  const marker = (from: number, to: number) =>
    `\n\n[… Bytes ${from} to ${to} of ${bytes.length} are left out here. To read them, call read_output with ${JSON.stringify({ ref, offset: from })}. …]\n\n`;
  const room = Math.max(0, limitBytes - Buffer.byteLength(marker(bytes.length, bytes.length)));
  const head = wholeHead(bytes, Math.floor((room * 2) / 3));
  const tail = wholeTail(bytes, Math.floor(room / 3));
  return `${head.toString()}${marker(head.length, bytes.length - tail.length)}${tail.toString()}`;
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

function wholeHead(bytes: Buffer, length: number): Buffer {
  let end = Math.min(length, bytes.length);
  while (end > 0 && isContinuation(bytes[end])) end--;
  return bytes.subarray(0, end);
}

function wholeTail(bytes: Buffer, length: number): Buffer {
  let start = bytes.length - length;
  while (start < bytes.length && isContinuation(bytes[start])) start++;
  return bytes.subarray(start);
}
