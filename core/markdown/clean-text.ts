/** Control characters, and marks that could make a text read differently from what it says. */
const REMOVED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** A piece of text without what is never shown, and where its characters stand in the piece as it came. */
export interface CleanText {
  text: string;
  /** How many UTF-16 units of the piece the first `length` units of the clean text are. */
  rawLength(length: number): number;
}

/**
 * Removes control and bidirectional characters, ends lines with `\n` alone, and makes the text well-formed. It goes
 * before everything else: what is removed could stand in the middle of Slack's syntax.
 *
 * @param former the character before the piece: `\r\n` may come in two pieces
 */
export function cleanText(raw: string, former?: string): CleanText {
  const joined = former === '\r' && raw.startsWith('\n');
  if (!joined && !raw.includes('\r') && !REMOVED.test(raw) && raw.isWellFormed())
    return { text: raw, rawLength: (length) => length };
  const kept: string[] = [];
  const starts: number[] = [];
  for (let at = joined ? 1 : 0; at < raw.length; at++) {
    const unit = raw[at] ?? '';
    const isPair = raw.codePointAt(at) !== raw.charCodeAt(at);
    if (isPair) {
      kept.push(unit, raw[at + 1] ?? '');
      starts.push(at, at + 1);
      at++;
    } else if (unit === '\r') {
      if (raw[at + 1] === '\n') continue;
      kept.push('\n');
      starts.push(at);
    } else if (!REMOVED.test(unit)) {
      kept.push(unit.isWellFormed() ? unit : '\ufffd');
      starts.push(at);
    }
  }
  // What is removed goes with what stands before it.
  return { text: kept.join(''), rawLength: (length) => starts[length] ?? raw.length };
}
