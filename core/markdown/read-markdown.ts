import type { TextPolicy } from '../display/display.ts';
import { headOf, lastCharacter } from '../text.ts';
import { type Atom, Cut, HOLD_LIMIT, SEAM } from './atom.ts';
import { beginLine, type LineStart } from './block-lines.ts';
import { cleanText } from './clean-text.ts';
import { ZERO_WIDTH } from './entities.ts';
import { wholeGraphemes } from './graphemes.ts';
import { inertCode, isOpenCode, shownCode } from './inert-code.ts';
import { InlineReader } from './inline-reader.ts';
import { columnsOf, endLine, isBegun, LINE_LIMIT, stateOf, type TextState } from './text-state.ts';

interface ReadOptions {
  policy: TextPolicy;
  /** More text may come behind it: what is not complete waits. */
  more?: boolean;
}

/** What a piece of a model's Markdown becomes. */
export interface ReadText {
  /** What is sent: inert as the policy wants it, and without what a message does not show. */
  sent: string;
  /** What people read of it. */
  shown: string;
  /** The state behind it. */
  state: TextState;
}

/** What might be only the beginning of a line's marks. */
const UNDECIDED =
  /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:[-+*]|\d{1,9}[.)]?|[-=*_+ \t]+|#{1,6}|[`~]{1,2}|\[[ xX]?\]?)?$/;
/** Two characters that mean more together than each of them. */
const JOINED = /^(?:<[@!#a-z/]|\][(:[]|:\/|\/\/|@[a-z]|&[#a-z])$/i;
const OPEN_FENCE = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:`{3,}[^`]*|~{3,}.*)$/;
const OPEN_ROW = /^[ \t>]*\|/;

/**
 * A model's Markdown as it may be sent to Slack (case T-68).
 *
 * @param length how much of it is to be sent, in UTF-16 units; what stands behind tells what this part means
 */
export function readMarkdown(
  state: TextState,
  raw: string,
  policy: TextPolicy,
  length: number = raw.length,
): ReadText {
  const reading = new Reading(state, raw, { policy });
  let sent = '';
  let shown = '';
  for (const atom of reading.atoms(length)) {
    sent += atom.sent;
    shown += atom.shown;
  }
  const end = reading.taken;
  if (end >= length) return { sent, shown, state: reading.state };
  // It ends inside of what would be sent as one.
  const rest = readMarkdown(reading.state, raw.slice(end, length), policy);
  return { sent: sent + rest.sent, shown: shown + rest.shown, state: rest.state };
}

/** The state behind text that was sent as it is. */
export function advanceText(state: TextState, sent: string): TextState {
  return readMarkdown(state, sent, { mentions: 'people', links: 'all' }).state;
}

/** How much of a piece may be shown while more of it may come (case P-16), in UTF-16 units of the piece. */
export function settledLength(state: TextState, raw: string, policy: TextPolicy): number {
  // Half a character, or half a line's end.
  const whole = headOf(raw, raw.length).replace(/\r$/, '');
  let end = 0;
  for (const atom of new Reading(state, whole, { policy, more: true }).atoms())
    if (!atom.open || whole.length - atom.end > HOLD_LIMIT) end = atom.end;
  return end;
}

/** The atoms of a piece, in order; where they end is counted in the piece as it came. */
export function atomsOf(state: TextState, raw: string, policy: TextPolicy): Generator<Atom> {
  return new Reading(state, raw, { policy }).atoms();
}

/** One pass over a piece of text. */
class Reading {
  state: TextState;
  /** How much of the piece was read. */
  taken = 0;
  readonly #options: ReadOptions;
  readonly #text: string;
  readonly #raw: string;
  readonly #rawLength: (length: number) => number;
  readonly #inline: InlineReader;

  constructor(state: TextState, raw: string, options: ReadOptions) {
    const { text, rawLength } = cleanText(raw, state.last);
    this.state = state;
    this.#options = options;
    this.#text = text;
    this.#raw = raw;
    this.#rawLength = rawLength;
    this.#inline = new InlineReader(text, {
      policy: options.policy,
      more: options.more === true,
      loose: state.loose === true,
      former: state.last ?? '',
    });
  }

  /** @param upTo the end of the last atom at most, in the piece as it came */
  *atoms(upTo: number = this.#raw.length): Generator<Atom> {
    const text = this.#text;
    const seam = this.#seam();
    if (seam !== '') yield this.#take({ end: 0, sent: seam, shown: '', cut: Cut.none });
    let at = 0;
    const fits = (end: number): boolean => this.#rawLength(end) <= upTo;
    while (at < text.length && fits(at)) {
      const newline = text.indexOf('\n', at);
      const lineEnd = newline < 0 ? text.length : newline;
      let loose = this.#inline.loose;
      for (const atom of this.#line(at, lineEnd)) {
        if (!fits(atom.end)) {
          // What is not taken is read again.
          this.#inline.loose = loose;
          break;
        }
        yield this.#take(atom);
        at = atom.end;
        loose = this.#inline.loose;
      }
      if (at < lineEnd || newline < 0 || !fits(newline + 1)) break;
      yield this.#newline(newline);
      at = newline + 1;
    }
    this.#finish(at);
  }

  /** What keeps a piece from becoming one with what stands before it. */
  #seam(): string {
    const { last = '', host } = this.state;
    const first = this.#text[0] ?? '';
    if (first === '' || /\s/.test(first)) return '';
    // An address that goes on would be another one.
    if (host && /[^<>*)\]"']/.test(first)) return ' ';
    return JOINED.test(last + first) ? ZERO_WIDTH : '';
  }

  *#line(from: number, lineEnd: number): Generator<Atom> {
    const text = this.#text;
    const begun = this.state.line;
    const head = begun + text.slice(from, Math.min(lineEnd, from + LINE_LIMIT));
    const start = beginLine(this.state, head, isBegun(this.state));
    if (this.#holdsLine(from, lineEnd, start)) return;
    let at = from;
    if (begun === '') {
      this.#inline.beginLine();
      if (start.kind === 'blank') this.#inline.loose = false;
      this.state = stateOf({ ...this.state, boxes: start.kept });
      if (start.prefix > 0) {
        at = from + start.prefix;
        yield { end: at, sent: start.sent, shown: SEAM, cut: Cut.none, open: true };
        // What is taken away is gone, though nothing of the line was sent.
        if (start.sent === '') this.state = { ...this.state, within: true };
      }
    }
    const { fence } = this.state;
    // With a bar in it the fence's first line may be a table's head for another reader.
    if (start.kind === 'code' && fence?.includes('|') === false) yield* this.#code(at, lineEnd);
    else if (start.kind === 'fence') {
      if (at < lineEnd) yield { end: lineEnd, sent: text.slice(at, lineEnd), shown: SEAM, cut: Cut.none };
    } else if (this.state.table !== undefined && start.kind === 'text') yield* this.#row(at, lineEnd, begun);
    else
      for (const atom of this.#inlineAtoms(at, lineEnd, begun === '')) {
        // By its indentation alone it is code for some readers: it is read as such, and inert all the same.
        yield start.kind === 'code' ? { ...atom, shown: shownCode(atom.sent) } : atom;
      }
  }

  #holdsLine(from: number, lineEnd: number, start: LineStart): boolean {
    const atEdge = this.#options.more === true && lineEnd === this.#text.length;
    if (!atEdge || this.state.line !== '' || lineEnd - from > HOLD_LIMIT) return false;
    const line = this.#text.slice(from, lineEnd);
    if (start.kind === 'code' && this.state.fence !== undefined) return /^[\s>]*(?:`*|~*)$/.test(line);
    if (UNDECIDED.test(line) || OPEN_FENCE.test(line) || OPEN_ROW.test(line)) return true;
    return this.state.table !== undefined && line.includes('|');
  }

  /** A table's row: a bar that would begin a cell too many, or that stands in code, is text; Slack shows no such cell. */
  *#row(from: number, lineEnd: number, begun: string): Generator<Atom> {
    const cells = columnsOf(this.state.table?.[1] ?? '');
    let bars = begun.trim().startsWith('|') || (begun === '' && this.#text[from] === '|') ? 0 : 1;
    bars += begun.trim() === '' ? 0 : columnsOf(begun) - 1;
    for (const atom of this.#inlineAtoms(from, lineEnd, begun === '')) {
      const isLast = this.#text.slice(atom.end, lineEnd).trim() === '';
      if (atom.sent === '|') bars++;
      if (atom.sent === '|' && bars > cells && !isLast) yield { ...atom, sent: '\\|' };
      else if (atom.sent.startsWith('`')) yield { ...atom, sent: atom.sent.replace(/(?<!\\)\|/g, '\\|') };
      else yield atom;
    }
  }

  *#inlineAtoms(from: number, lineEnd: number, begins: boolean): Generator<Atom> {
    let isBlank = begins;
    for (let at = from; at < lineEnd; ) {
      const atom = this.#inline.read(at, lineEnd);
      if (!atom) return;
      // A list's number without a text may be no number.
      isBlank &&= atom.sent.trim() === '';
      yield isBlank ? { ...atom, open: true } : atom;
      at = atom.end;
    }
  }

  *#code(from: number, lineEnd: number): Generator<Atom> {
    if (from >= lineEnd) return;
    const code = this.#text.slice(from, lineEnd);
    const atEdge = this.#options.more === true && lineEnd === this.#text.length;
    let whole = code.length;
    if (atEdge) {
      const call = isOpenCode(code.slice(-12)) ? code.lastIndexOf('<') : whole;
      whole = wholeGraphemes(code.slice(0, call));
    }
    if (whole > 0)
      yield {
        end: from + whole,
        sent: inertCode(code.slice(0, whole)),
        shown: shownCode(code.slice(0, whole)),
        cut: Cut.place,
        parts: true,
      };
  }

  #newline(at: number): Atom {
    const text = this.#text;
    const before = this.state;
    const wasBlank = beginLine(before, before.line, isBegun(before)).kind === 'blank';
    const ended = endLine(stateOf({ ...before, loose: this.#inline.loose ? true : undefined }));
    this.state = ended;
    const next = text.slice(at + 1, at + 1 + LINE_LIMIT).split('\n', 1)[0] ?? '';
    const inCode = ended.fence !== undefined;
    const following = inCode ? beginLine(ended, next) : undefined;
    const closesNext = following?.kind === 'fence';
    // Between a table's head and its first row, or behind a fence's first line, there is nothing to go on with.
    const opens = (inCode && before.fence === undefined) || ended.former !== undefined;
    const headOnly = ended.table !== undefined && before.table === undefined;
    let cut: Cut = Cut.line;
    if (wasBlank && !inCode) cut = Cut.paragraph;
    if (opens || headOnly || closesNext) cut = Cut.none;
    return { end: this.#rawLength(at + 1), sent: '\n', shown: '\n', cut };
  }

  #take(atom: Atom): Atom {
    const { line } = this.state;
    if (line.length < LINE_LIMIT) this.state = { ...this.state, line: headOf(line + atom.sent, LINE_LIMIT) };
    return { ...atom, end: this.#rawLength(atom.end) };
  }

  #finish(end: number): void {
    this.taken = this.#rawLength(end);
    const isReturn = this.#raw.endsWith('\r') && end === this.#text.length;
    const last = isReturn
      ? '\r'
      : lastCharacter(this.#text.slice(Math.max(0, end - 2), end)) || this.state.last;
    this.state = stateOf({
      ...this.state,
      last,
      loose: this.#inline.loose ? true : undefined,
      host: this.#inline.inHost && end === this.#text.length ? true : undefined,
    });
  }
}
