import type { TextPolicy } from '../../display/display.ts';
import { type Atom, Cut } from '../../markdown/atom.ts';
import { beginsBlock } from '../../markdown/block-lines.ts';
import { isGraphemeEnd } from '../../markdown/graphemes.ts';
import { atomsOf } from '../../markdown/read-markdown.ts';
import type { TextState } from '../../markdown/text-state.ts';
import { byteLength } from '../../slack/text.ts';

/** With less room than this a text rather waits for the next message than to be cut at a bad place. */
const LITTLE_ROOM = 1_000;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * How many characters of a text go into a message with room for so many UTF-8 bytes as sent: all of them, or up to
 * the best place for a cut: a paragraph's end, a line's, a sentence's, a word's, else any place that breaks no
 * character, entity, link or token.
 *
 * @param state the text before, in this message
 * @param upTo how many characters there are to take; what stands behind them tells what they mean
 * @param mustTake whether at least one character has to be taken (an empty message)
 */
export function fittingLength(
  state: TextState,
  text: string,
  roomBytes: number,
  { policy, mustTake, upTo = text.length }: { policy: TextPolicy; mustTake: boolean; upTo?: number },
): number {
  const ends: number[] = [];
  let bytes = 0;
  let most = 0;
  let beyond: Atom | undefined;
  for (const atom of atomsOf(state, text, policy)) {
    if (atom.end > upTo) return upTo;
    const size = byteLength(atom.sent);
    if (bytes + size > roomBytes) {
      beyond = atom;
      break;
    }
    bytes += size;
    most = atom.end;
    if (atom.cut !== Cut.none) ends[atom.cut] = atom.end;
  }
  if (!beyond) return upTo;
  const endOf = (cut: Cut): number => ends[cut] ?? 0;
  const paragraph = endOf(Cut.paragraph);
  if (paragraph > most * 0.5) return paragraph;
  const line = Math.max(endOf(Cut.line), paragraph);
  if (line > most * 0.3) return line;
  // Little room left: better none of this line than a splinter of it.
  if (state.line === '' && !mustTake && roomBytes < LITTLE_ROOM) return line;
  if (line > 0) return line;
  const sentence = endOf(Cut.sentence);
  if (sentence > most * 0.5) return sentence;
  const word = Math.max(endOf(Cut.word), sentence) || endOf(Cut.marked);
  if (word > 0) return word;
  // A new message has room for the whole word or link.
  if (!mustTake && roomBytes < LITTLE_ROOM) return 0;
  return placeWithin(text, {
    from: most,
    place: endOf(Cut.place),
    beyond,
    room: roomBytes - bytes,
    mustTake,
  });
}

/** The last place that fits, whatever stands there: between two atoms, or inside the one that is too long. */
function placeWithin(
  text: string,
  {
    from,
    place,
    beyond,
    room,
    mustTake,
  }: { from: number; place: number; beyond: Atom; room: number; mustTake: boolean },
): number {
  const next = text.slice(from, beyond.end);
  const isPlain = beyond.parts === true && next === beyond.sent;
  let end = isPlain ? from + charactersWithin(next, room) : place;
  while (end > 0 && (!isGraphemeEnd(text, end) || beginsBlock(text.slice(end, end + 12)))) end--;
  if (end > 0 || !mustTake) return end;
  // A link that is longer than a message is cut like a word.
  const within = from + charactersWithin(next, Math.max(0, room));
  return within > 0 ? within : firstCharacter(text);
}

/** How many UTF-16 units of a text, up to the end of a character as people see it, have so few bytes. */
function charactersWithin(text: string, room: number): number {
  let bytes = 0;
  for (const { segment, index } of graphemes.segment(text.slice(0, room + 1))) {
    bytes += byteLength(segment);
    if (bytes > room) return index;
  }
  return Math.min(text.length, room + 1);
}

function firstCharacter(text: string): number {
  return String.fromCodePoint(text.codePointAt(0) ?? 0).length;
}
