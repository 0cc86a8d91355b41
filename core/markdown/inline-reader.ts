import type { TextPolicy } from '../display/display.ts';
import { addressAt, innerAddress, isBroadcast, isOpenAddress, mayStayDomain } from './addresses.ts';
import { angleAt, isOpenAngle, isRemark } from './angles.ts';
import { type Atom, Cut, HOLD_LIMIT, SEAM } from './atom.ts';
import { beginsBlock } from './block-lines.ts';
import { entityAt, isOpenEntity, ZERO_WIDTH } from './entities.ts';
import { wholeGraphemes } from './graphemes.ts';
import { inertCode, shownCode } from './inert-code.ts';
import { LabelReader } from './label-reader.ts';
import { readableUrl } from './link-policy.ts';
import { match } from './match.ts';

const SPACE = /[^\S\n]+/y;
const WORD = /[^\s!-/:-@[-`{-~]+/y;
const TICKS = /`+/y;
const MARKS = /\*+|_+|~+/y;
const SHORTCODE = /:[a-z0-9_+'-]{1,80}:/y;
/**
 * Reads what stands inside paragraphs, cells and headings, atom by atom. Whatever Slack or a reader of Markdown could
 * take for a mention or a link is made inert unless the policy allows it, wherever it stands; only code that is
 * closed on its own line is left as it is, and only while nothing before it in the paragraph could change where code
 * begins.
 */
export class InlineReader {
  /** Where code begins is not sure any more, up to the paragraph's end. */
  loose: boolean;
  /** The text ends inside the host of an address that is a link: what follows could make it another one. */
  inHost = false;
  readonly #text: string;
  readonly #policy: TextPolicy;
  readonly #more: boolean;
  readonly #former: string;
  readonly #labels: LabelReader;
  #marks = 0;
  #escaped = false;

  /**
   * @param more more text may come behind it
   * @param former the character before the text
   */
  constructor(
    text: string,
    { policy, more, loose, former }: { policy: TextPolicy; more: boolean; loose: boolean; former: string },
  ) {
    this.#text = text;
    this.#policy = policy;
    this.#more = more;
    this.loose = loose || (/[\\`]/.test(former) && text.startsWith('`'));
    this.#former = former;
    this.#labels = new LabelReader(text, policy.links);
  }

  beginLine(): void {
    this.#marks = 0;
    this.#labels.begin();
  }

  /** The atom at a place of a line; undefined where it has to wait for what comes. */
  read(at: number, lineEnd: number): Atom | undefined {
    const text = this.#text;
    const char = text[at] ?? '';
    const escaped = this.#escaped;
    this.#escaped = false;
    const space = match(SPACE, text, at);
    if (space) return this.#spaces(at, at + space.length);
    switch (char) {
      case '\\':
        return this.#backslash(at, lineEnd);
      case '`':
        return this.#ticks(at, lineEnd);
      case '<':
        return this.#angle(at, lineEnd, escaped);
      case '&':
        return this.#entity(at, lineEnd, escaped);
      case '[':
      case '!':
      case ']':
        return this.#label(at, lineEnd, escaped);
      case '*':
      case '_':
      case '~':
        return this.#emphasis(at, lineEnd);
      case ':':
        return this.#colon(at, lineEnd);
      case '/':
        return this.#slash(at, lineEnd);
      case '@':
        return this.#at(at, lineEnd);
      case '.':
        return this.#dot(at, lineEnd);
    }
    return match(WORD, text, at) ? this.#word(at, lineEnd) : this.#plain(at, at + 1);
  }

  #spaces(at: number, end: number): Atom {
    const spaces = this.#text.slice(at, end);
    const rest = this.#text.slice(end, end + 12);
    let cut: Cut = this.#marks > 0 ? Cut.marked : Cut.word;
    if (/[.!?…。！？]["')\]]*$/.test(this.#text.slice(Math.max(0, at - 4), at))) cut = Cut.sentence;
    if (beginsBlock(rest)) cut = Cut.none;
    return this.#atom(end, spaces, spaces, cut);
  }

  #backslash(at: number, lineEnd: number): Atom | undefined {
    const next = at + 1 < lineEnd ? (this.#text[at + 1] ?? '') : '';
    if (next === '' && this.#waits(at, lineEnd)) return undefined;
    if (/[!-/:-@[-`{-~]/.test(next) && !'<[]@&:!./'.includes(next))
      return this.#atom(at + 2, `\\${next}`, next, Cut.place);
    this.#escaped = next !== '';
    return { ...this.#atom(at + 1, '\\', '', Cut.none), open: true };
  }

  #ticks(at: number, lineEnd: number): Atom | undefined {
    const run = match(TICKS, this.#text, at) ?? '`';
    const from = at + run.length;
    if (this.loose) return from === lineEnd && this.#waits(at, lineEnd) ? undefined : this.#plain(at, from);
    const close = closingTicks(this.#text, from, lineEnd, run.length);
    if (close < 0) {
      if (this.#waits(at, lineEnd)) return undefined;
      this.loose = true;
      return this.#plain(at, from);
    }
    const end = close + run.length;
    // It may be the beginning of a longer run.
    if (end === lineEnd && this.#waits(at, lineEnd)) return undefined;
    const code = this.#text.slice(from, close);
    const shown = shownCode(code);
    // In a table a bar ends the cell, and the code with it.
    if (!code.includes('|')) return this.#atom(end, run + inertCode(code) + run, shown, Cut.place);
    this.loose = true;
    const inner = new InlineReader(code, { policy: this.#policy, more: false, loose: true, former: '`' });
    return this.#atom(end, run + inner.readAll() + run, shown, Cut.place);
  }

  /** All of a text without lines, as it is sent. */
  readAll(): string {
    let sent = '';
    for (let at = 0; at < this.#text.length; ) {
      const atom = this.read(at, this.#text.length);
      if (!atom) break;
      sent += atom.sent;
      at = atom.end;
    }
    return sent;
  }

  #angle(at: number, lineEnd: number, escaped: boolean): Atom | undefined {
    const text = this.#text;
    if (this.#waits(at, lineEnd) && isOpenAngle(text.slice(at, lineEnd))) return undefined;
    const angle = angleAt(text, at, { policy: this.#policy, escaped });
    if (angle) return this.#atom(at + angle.length, angle.sent, angle.shown, Cut.place);
    // A remark may hide where code begins.
    if (isRemark(text, at)) this.loose = true;
    return this.#plain(at, at + 1, at + 1 === lineEnd ? Cut.none : Cut.place);
  }

  #entity(at: number, lineEnd: number, escaped: boolean): Atom | undefined {
    if (escaped) return this.#plain(at, at + 1);
    if (this.#waits(at, lineEnd) && isOpenEntity(this.#text.slice(at, Math.min(lineEnd, at + 34)))) {
      if (lineEnd - at < 34) return undefined;
    }
    const entity = entityAt(this.#text, at);
    return entity
      ? this.#atom(at + entity.length, entity.sent, entity.shown, Cut.place)
      : this.#plain(at, at + 1);
  }

  #label(at: number, lineEnd: number, escaped: boolean): Atom | undefined {
    const waits = (limit: number) => this.#waits(at, lineEnd, limit);
    const part = this.#labels.read({ at, lineEnd, escaped, waits });
    if (part === 'waits') return undefined;
    const atom = this.#atom(part.end, part.sent, part.shown, part.opens ? Cut.none : Cut.place);
    return part.opens ? { ...atom, open: true } : atom;
  }

  #emphasis(at: number, lineEnd: number): Atom | undefined {
    const run = match(MARKS, this.#text, at) ?? '*';
    const end = at + run.length;
    if (end === lineEnd && this.#waits(at, lineEnd)) return undefined;
    const opens =
      end < lineEnd && !/\s/.test(this.#text[end] ?? '') && !/[\p{L}\p{N}]/u.test(this.#before(at));
    if (opens) this.#marks++;
    else if (this.#marks > 0) this.#marks--;
    return this.#atom(end, run, run.startsWith('_') ? run : SEAM, opens ? Cut.none : Cut.place);
  }

  #colon(at: number, lineEnd: number): Atom | undefined {
    const text = this.#text;
    if (
      this.#waits(at, lineEnd) &&
      lineEnd - at < 82 &&
      /^:(?:[a-z0-9_+'-]*|\/\/?)$/.test(text.slice(at, lineEnd))
    )
      return undefined;
    // An address of mail that was not known for one, behind a mark.
    if (/mailto$/i.test(text.slice(Math.max(0, at - 6), at)))
      return this.#atom(at + 1, `${ZERO_WIDTH}:`, `${SEAM}:`, Cut.place);
    const name = match(SHORTCODE, text, at);
    if (name && !/mailto:$/i.test(name)) return this.#atom(at + name.length, name, name, Cut.place);
    // An address that was not known for one at its beginning.
    if (text.startsWith('://', at)) return this.#atom(at + 3, `:/${ZERO_WIDTH}/`, '://', Cut.none);
    return this.#plain(at, at + 1, text[at + 1] === '/' ? Cut.none : Cut.place);
  }

  #slash(at: number, lineEnd: number): Atom | undefined {
    const text = this.#text;
    if (at + 1 >= lineEnd && this.#waits(at, lineEnd)) return undefined;
    const opens = text[at + 1] === '/';
    return opens ? this.#atom(at + 1, `/${ZERO_WIDTH}`, '/', Cut.place) : this.#plain(at, at + 1);
  }

  #at(at: number, lineEnd: number): Atom | undefined {
    const rest = this.#text.slice(at, Math.min(lineEnd, at + 12));
    if (this.#waits(at, lineEnd) && /^@[a-z]{0,8}$/i.test(rest)) return undefined;
    const calls = isBroadcast(this.#text, at, this.#before(at));
    return this.#atom(at + 1, calls ? `@${ZERO_WIDTH}` : '@', '@', Cut.place);
  }

  #dot(at: number, lineEnd: number): Atom | undefined {
    const { links } = this.#policy;
    if (links === 'all') return this.#plain(at, at + 1);
    const text = this.#text;
    if (this.#waits(at, lineEnd) && /^\.[a-z]{0,8}$/i.test(text.slice(at, Math.min(lineEnd, at + 12))))
      return undefined;
    const stays = mayStayDomain(text, at, { former: this.#former, links });
    return stays ? this.#plain(at, at + 1) : this.#atom(at + 1, `.${ZERO_WIDTH}`, '.', Cut.place);
  }

  #word(at: number, lineEnd: number): Atom | undefined {
    const text = this.#text;
    const isStart = !/[a-z0-9+.-]/i.test(this.#before(at));
    const waits = this.#waits(at, lineEnd);
    if (waits && isOpenAddress(text.slice(at, Math.min(lineEnd, at + 10)))) {
      if (lineEnd - at < 10) return undefined;
    }
    const address = isStart ? addressAt(text, at, this.#policy.links) : undefined;
    if (address) {
      if (address.end >= lineEnd && waits) return undefined;
      if (address.sent === undefined) return this.#link(at, address.end);
      return this.#atom(address.headEnd, address.sent, address.shown, Cut.none);
    }
    const word = match(WORD, text, at) ?? '';
    // Scripts without spaces between words.
    const inside = innerAddress(word);
    const end = at + (inside < 0 ? word.length : inside + 1);
    const whole = end === lineEnd && waits ? at + wholeGraphemes(text.slice(at, end)) : end;
    if (whole === at) return undefined;
    return { ...this.#plain(at, whole), parts: true };
  }

  #link(at: number, end: number): Atom {
    const url = this.#text.slice(at, end);
    // Another reader may take what follows for a part of the address.
    if (this.#text[end] === '`') this.loose = true;
    this.inHost = end === this.#text.length && this.#policy.links !== 'all' && !/:\/\/[^/?#]*[/?#]/.test(url);
    return { ...this.#atom(end, url, SEAM + readableUrl(url) + SEAM, Cut.place), open: true };
  }

  #before(at: number): string {
    return at > 0 ? (this.#text[at - 1] ?? '') : this.#former;
  }

  /** Whether a construct that begins here and is not complete may wait for its rest. */
  #waits(at: number, lineEnd: number, limit: number = HOLD_LIMIT): boolean {
    return this.#more && lineEnd === this.#text.length && lineEnd - at <= limit;
  }

  #plain(at: number, end: number, cut: Cut = Cut.place): Atom {
    const text = this.#text.slice(at, end);
    return this.#atom(end, text, text, cut);
  }

  #atom(end: number, sent: string, shown: string, cut: Cut): Atom {
    return { end, sent, shown, cut: end < this.#labels.glued ? Cut.none : cut };
  }
}

/** Where a run of exactly so many backticks begins. */
function closingTicks(text: string, from: number, lineEnd: number, length: number): number {
  for (let at = text.indexOf('`', from); at >= 0 && at < lineEnd; at = text.indexOf('`', at)) {
    const start = at;
    while (at < lineEnd && text[at] === '`') at++;
    if (at - start === length) return start;
  }
  return -1;
}
