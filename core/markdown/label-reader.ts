import type { TextPolicy } from '../display/display.ts';
import { HOLD_LIMIT, SEAM } from './atom.ts';
import { ZERO_WIDTH } from './entities.ts';
import { mayLink, readableUrl } from './link-policy.ts';
import { readLinkTarget } from './link-target.ts';

/** A link whose address has begun may wait longer: signed addresses are long, and half of one leads nowhere. */
const LINK_HOLD_LIMIT = 2_000;
const LABEL_MOST = 300;

/** A bracket, or a whole target with it. */
export interface LabelPart {
  end: number;
  sent: string;
  shown: string;
  /** What it is depends on what follows. */
  opens?: true;
}

export interface LabelPlace {
  at: number;
  lineEnd: number;
  /** A backslash stands before it. */
  escaped: boolean;
  /** Whether it may wait for what comes. */
  waits: (limit: number) => boolean;
}

/**
 * Reads `[label](target)` and `![label](target)` on one line. Where the target is not allowed, or the label did not
 * begin there, a zero width character parts the two; so it does before `(` and `:`, whatever they mean: definitions of
 * links and notes are shown as text, for what they define may stand in another message.
 */
export class LabelReader {
  /** Up to where a link goes that should not be cut. */
  glued = 0;
  /** Labels that may have begun on this line. */
  #begun = 0;
  readonly #text: string;
  readonly #links: TextPolicy['links'];

  constructor(text: string, links: TextPolicy['links']) {
    this.#text = text;
    this.#links = links;
  }

  /** A line begins. */
  begin(): void {
    this.#begun = 0;
  }

  /** What stands at `[`, `]` or `!`. */
  read(place: LabelPlace): LabelPart | 'waits' {
    const char = this.#text[place.at];
    if (char === '[') return this.#opening(place);
    return char === ']' ? this.#closing(place) : this.#image(place);
  }

  #opening({ at, lineEnd, escaped, waits }: LabelPlace): LabelPart | 'waits' {
    const text = this.#text;
    let close = at + 1;
    while (close < lineEnd && close - at < LABEL_MOST && text[close] !== ']' && text[close] !== '[') close++;
    if (close >= lineEnd && waits(HOLD_LIMIT)) return 'waits';
    if (text[close] === ']') {
      if (close + 1 >= lineEnd && waits(HOLD_LIMIT)) return 'waits';
      const target =
        text[close + 1] === '(' ? readLinkTarget(text, close + 1, lineEnd) : { kind: 'none' as const };
      if (target.kind === 'open' && waits(LINK_HOLD_LIMIT)) return 'waits';
      if (target.kind === 'link') {
        const { url, end } = target;
        const isBare = close === at + 1 && !escaped && !/[\s|()]/.test(url);
        // A link without a label is not seen.
        if (isBare && mayLink(url, this.#links))
          return { end, sent: `<${url}>`, shown: SEAM + readableUrl(url) + SEAM };
        this.glued = Math.max(this.glued, end);
      }
    }
    if (!escaped) this.#begun++;
    return { end: at + 1, sent: '[', shown: '[' };
  }

  #image({ at, lineEnd, escaped, waits }: LabelPlace): LabelPart | 'waits' {
    const text = this.#text;
    if (at + 1 >= lineEnd && waits(HOLD_LIMIT)) return 'waits';
    const sign = { end: at + 1, sent: '!', shown: '!' };
    if (text[at + 1] !== '[') return sign;
    if (lineEnd - at < 4 && waits(HOLD_LIMIT)) return 'waits';
    if (!escaped && text.startsWith('![](', at)) {
      const target = readLinkTarget(text, at + 3, lineEnd);
      if (target.kind === 'open' && waits(LINK_HOLD_LIMIT)) return 'waits';
      // Slack would make up a label of its own.
      if (target.kind === 'link' && mayLink(target.url, this.#links)) {
        const { end } = target;
        return { end, sent: `![image${text.slice(at + 2, end)}`, shown: `${SEAM}image${SEAM}` };
      }
    }
    return { ...sign, opens: true };
  }

  #closing({ at, lineEnd, waits }: LabelPlace): LabelPart | 'waits' {
    const next = at + 1 < lineEnd ? this.#text[at + 1] : undefined;
    if (next === undefined && waits(HOLD_LIMIT)) return 'waits';
    if (next === '(' && this.#begun > 0) {
      const target = readLinkTarget(this.#text, at + 1, lineEnd);
      if (target.kind === 'open' && waits(LINK_HOLD_LIMIT)) return 'waits';
      if (target.kind === 'link' && mayLink(target.url, this.#links)) {
        // There are no links in a link's label.
        this.#begun = 0;
        return { end: target.end, sent: this.#text.slice(at, target.end), shown: SEAM };
      }
    }
    if (this.#begun > 0) this.#begun--;
    const parts = next === '(' || next === ':';
    return { end: at + 1, sent: parts ? `]${ZERO_WIDTH}` : ']', shown: SEAM };
  }
}
