/** Shorter pieces are ordinary words that say nothing of the conversation. */
const SHORTEST = 20;
const MOST_SENT = 1_000_000;

/**
 * Takes out of a provider's sentence what it repeats of the request: some quote the message they did not like, and
 * neither a log nor another thread may show what somebody wrote.
 *
 * @param sent messages and instructions of the request, of any form; only strings in it are looked at
 * @returns the sentence in one line, each repeated piece as `…`
 */
export function hideEcho(text: string, sent: unknown): string {
  const line = oneLine(text);
  const strings: string[] = [];
  collect(sent, strings, { left: MOST_SENT });
  const haystack = strings.join('\n');
  let clean = '';
  for (let at = 0; at < line.length; ) {
    const length = repeated(line, at, haystack);
    clean += length > 0 ? '…' : line[at];
    at += Math.max(1, length);
  }
  return clean;
}

function repeated(line: string, at: number, haystack: string): number {
  let length = SHORTEST;
  if (at + length > line.length || !haystack.includes(line.slice(at, at + length))) return 0;
  while (at + length < line.length && haystack.includes(line.slice(at, at + length + 1))) length++;
  return length;
}

/** The newest first, so that what there is no room for is the oldest. */
function collect(value: unknown, strings: string[], room: { left: number }): void {
  if (room.left <= 0) return;
  if (typeof value === 'string') {
    strings.push(oneLine(value.slice(0, room.left)));
    room.left -= value.length;
  } else if (Array.isArray(value)) for (const item of value.toReversed()) collect(item, strings, room);
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value))
    for (const item of Object.values(value)) collect(item, strings, room);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
