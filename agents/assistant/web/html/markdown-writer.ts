/** Deeper lists and quotations are written as if they were this deep: each level costs every line of it. */
const MOST_PREFIXES = 8;
/** A longer link is a page whose link nobody closed; its text stays, as text. */
const MOST_LINK_CHARACTERS = 2_000;

interface Inline {
  characters: number;
  pieces: string[];
  spaceBefore: boolean;
}

/**
 * Writes Markdown from left to right: collapses spaces, gathers line breaks and writes marks (list, heading) only
 * when text follows them, so that empty elements leave nothing behind.
 */
export class MarkdownWriter {
  readonly #parts: string[] = [];
  readonly #prefixes: string[] = [];
  readonly #inlines: Inline[] = [];
  /** Line ends to write before the next text; 2 make an empty line. */
  #breaks = 0;
  #mark: string | undefined;
  #space = false;
  #preformatted = 0;

  /** How many pieces were written; a place to give to `textBetween`. */
  get place(): number {
    return this.#parts.length;
  }

  /** Everything, or what was written between two places. */
  textBetween(start = 0, end = this.#parts.length): string {
    return this.#parts.slice(start, end).join('').trim();
  }

  /** Text of the page: its white space is one space, but in preformatted text. */
  text(text: string): void {
    if (this.#preformatted > 0) {
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) this.#breaks++;
        if (line) this.#put(line);
      }
      return;
    }
    const words = text.replace(/\s+/g, ' ');
    if (words.startsWith(' ')) this.#space = true;
    const trimmed = words.trim();
    if (!trimmed) return;
    this.#put(trimmed);
    this.#space = words.endsWith(' ');
  }

  /** At least so many line ends before what follows. */
  breakLine(count: 1 | 2): void {
    if (this.#inlines.length > 0) this.#space = true;
    else this.#breaks = Math.max(this.#breaks, count);
  }

  /** One line end more; several in a row make an empty line. */
  newLine(): void {
    if (this.#inlines.length > 0) this.#space = true;
    else this.#breaks = Math.min(2, this.#breaks + 1);
  }

  /** What the next text begins with: `# `, `- `. */
  mark(mark: string): void {
    if (this.#inlines.length === 0) this.#mark = (this.#mark ?? this.#prefixes.join('')) + mark;
  }

  /** A mark without text is not written. */
  dropMark(): void {
    this.#mark = undefined;
  }

  /** Begins every line from the next on with a prefix. @returns what ends it */
  indent(prefix: string): () => void {
    if (this.#prefixes.length >= MOST_PREFIXES) return () => {};
    this.#prefixes.push(prefix);
    return () => this.#prefixes.pop();
  }

  /** Gathers what comes as one piece. @returns what ends it and writes what `close` makes of its text */
  inline(close: (text: string) => string): () => void {
    if (this.#preformatted > 0) return () => {};
    const inline: Inline = { characters: 0, pieces: [], spaceBefore: this.#space };
    this.#space = false;
    this.#inlines.push(inline);
    return () => {
      // It was too long for one piece and is written.
      if (this.#inlines.at(-1) !== inline) return;
      this.#inlines.pop();
      const spaceBehind = this.#space;
      this.#putAll(inline, close);
      this.#space ||= spaceBehind;
    };
  }

  /** Keeps white space until it is ended, between fences. @returns what ends it */
  preformatted(): () => void {
    this.#put('```');
    this.#breaks = 1;
    this.#preformatted++;
    return () => {
      this.#preformatted--;
      this.#breaks = 1;
      this.#put('```');
    };
  }

  #put(text: string): void {
    const inline = this.#inlines.at(-1);
    if (inline) {
      this.#putInline(inline, text);
      return;
    }
    const atStart = this.#parts.length === 0;
    const newLine = this.#breaks > 0 || atStart;
    if (this.#breaks > 0 && !atStart) this.#parts.push('\n'.repeat(this.#breaks));
    if (newLine) this.#parts.push(this.#mark ?? this.#prefixes.join(''));
    else if (this.#space) this.#parts.push(' ');
    this.#parts.push(text);
    this.#breaks = 0;
    this.#space = false;
    this.#mark = undefined;
  }

  #putInline(inline: Inline, text: string): void {
    if (this.#space) inline.pieces.push(' ');
    inline.pieces.push(text);
    inline.characters += text.length + 1;
    this.#space = false;
    if (inline.characters > MOST_LINK_CHARACTERS) this.#spill();
  }

  /** Writes all that is gathered as the text that it is. */
  #spill(): void {
    for (const inline of this.#inlines.splice(0)) this.#putAll(inline, (text) => text);
  }

  #putAll({ pieces, spaceBefore }: Inline, close: (text: string) => string): void {
    this.#space = spaceBefore || pieces[0] === ' ';
    const text = pieces.join('').trim();
    if (text) this.#put(close(text));
  }
}
