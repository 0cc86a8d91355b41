import { byteLength, inertMarkdown, mayCutAt } from '../slack/text.ts';

/** With less room than this a text rather waits for the next message than to be cut at a bad place. */
const LITTLE_ROOM = 1_000;

/**
 * How many characters of a text go into a message with room for so many bytes: all of them, or up to the best
 * place for a cut: a paragraph's end, a line's, a word's, else any place that breaks no character.
 *
 * @param atLineStart whether the message ends with a whole line: then taking nothing is a clean cut as well
 * @param mustTake whether at least one character has to be taken (an empty message)
 */
export function fittingLength(
  text: string,
  roomBytes: number,
  { atLineStart, mustTake }: { atLineStart: boolean; mustTake: boolean },
): number {
  if (byteLength(inertMarkdown(text)) <= roomBytes) return text.length;
  let most = longestWithin(text, roomBytes);
  while (most > 0 && !mayCutAt(text, most)) most--;
  if (most <= 0) return mustTake ? firstCharacter(text) : 0;
  const head = text.slice(0, most);
  const blank = head.lastIndexOf('\n\n');
  const paragraph = blank < 0 ? 0 : blank + 2;
  if (paragraph > most * 0.5) return paragraph;
  const line = head.lastIndexOf('\n') + 1;
  if (line > most * 0.3) return line;
  // Little room left: better none of this line than a splinter of it.
  if (atLineStart && !mustTake && roomBytes < LITTLE_ROOM) return line;
  if (line > 0) return line;
  const word = lastWordEnd(head);
  if (word > 0 && mayCutAt(text, word)) return word;
  // A new message has room for the whole word or link.
  return mustTake || roomBytes >= LITTLE_ROOM ? most : 0;
}

/** Where the last whole word ends, outside of links; 0 if there is none. */
function lastWordEnd(head: string): number {
  let end = head.length;
  while (end > 0) {
    const open = openLinkAt(head.slice(0, end));
    if (open < 0 && (end < head.length || /\s$/.test(head))) return end;
    end = head.slice(0, open < 0 ? end : open).search(/\s\S*$/) + 1;
    if (openLinkAt(head.slice(0, end)) < 0) return end;
  }
  return 0;
}

/** Where a link begins that the text's end cuts through; -1 if it cuts none. */
function openLinkAt(head: string): number {
  return /!?\[[^\]\n]{0,200}(\](\([^)\s]{0,2000})?)?$/.exec(head)?.index ?? -1;
}

function longestWithin(text: string, roomBytes: number): number {
  let low = 0;
  let high = Math.min(text.length, Math.max(0, roomBytes));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (byteLength(inertMarkdown(text.slice(0, middle))) <= roomBytes) low = middle;
    else high = middle - 1;
  }
  return low;
}

function firstCharacter(text: string): number {
  return String.fromCodePoint(text.codePointAt(0) ?? 0).length;
}
