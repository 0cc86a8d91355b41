import { blocks, isHidden, unread } from './elements.ts';
import { MarkdownWriter } from './markdown-writer.ts';

type Attributes = Readonly<Record<string, string>>;

/** A main part with less text than this is a frame that scripts would fill; the whole page says more. */
const LEAST_MAIN_CHARACTERS = 200;
const MOST_LINK_CHARACTERS = 1_000;

/** Takes a page's tags and texts one after the other and gives its title, description and Markdown. */
export class PageReader {
  title = '';
  description = '';
  #base: URL;
  readonly #page: URL;
  readonly #writer = new MarkdownWriter();
  /** For each open element, what its end does. */
  readonly #ends: (() => void)[] = [];
  /** Open elements that are not read. */
  #unread = 0;
  #inTitle = false;
  readonly #lists: { next: number | undefined }[] = [];
  #cells = 0;
  #main: { start: number; end?: number } | undefined;

  constructor(page: URL) {
    this.#page = page;
    this.#base = page;
  }

  get depth(): number {
    return this.#ends.length;
  }

  open(name: string, attributes: Attributes): void {
    this.#ends.push(this.#begin(name, attributes));
  }

  close(): void {
    this.#ends.pop()?.();
  }

  text(text: string): void {
    if (this.#inTitle) this.title += text;
    else if (this.#unread === 0) this.#writer.text(text);
  }

  /** The main part where there is one, else everything. */
  markdown(): string {
    const main = this.#main && this.#writer.textBetween(this.#main.start, this.#main.end);
    return main && main.length >= LEAST_MAIN_CHARACTERS ? main : this.#writer.textBetween();
  }

  /** @returns what the element's end does */
  #begin(name: string, attributes: Attributes): () => void {
    if (this.#unread > 0 || unread.has(name) || isHidden(name, attributes)) return this.#beginUnread();
    if (name === 'title') return this.#beginTitle();
    this.#note(name, attributes);
    const gap = blocks.get(name);
    if (gap) this.#writer.breakLine(gap);
    const end = this.#mark(name, attributes);
    const isMain = !this.#main && (name === 'main' || attributes.role === 'main');
    if (isMain) this.#main = { start: this.#writer.place };
    return () => {
      end?.();
      if (gap) this.#writer.breakLine(gap);
      if (isMain && this.#main) this.#main.end = this.#writer.place;
    };
  }

  #beginTitle(): () => void {
    if (this.title) return this.#beginUnread();
    this.#inTitle = true;
    return () => {
      this.#inTitle = false;
    };
  }

  #beginUnread(): () => void {
    this.#unread++;
    return () => {
      this.#unread--;
    };
  }

  /** What the page says about itself. */
  #note(name: string, { href, content = '', ...attributes }: Attributes): void {
    if (name === 'base' && href) this.#base = URL.parse(href, this.#page.href) ?? this.#base;
    if (name !== 'meta' || this.description) return;
    const about = (attributes.name ?? attributes.property ?? '').toLowerCase();
    if (about === 'description' || about === 'og:description') this.description = content;
  }

  /** @returns what the element's end does, beside its line break */
  #mark(name: string, attributes: Attributes): (() => void) | undefined {
    const writer = this.#writer;
    if (/^h[1-6]$/.test(name)) {
      writer.mark(`${'#'.repeat(Number(name[1]))} `);
      return () => writer.dropMark();
    }
    switch (name) {
      case 'a':
        return this.#link(attributes.href);
      case 'img':
        if (attributes.alt?.trim()) writer.text(`(image: ${attributes.alt})`);
        return undefined;
      case 'br':
        writer.newLine();
        return undefined;
      case 'hr':
        writer.text('---');
        return undefined;
      case 'pre':
        return writer.preformatted();
      case 'code':
        return writer.inline((text) => (text.includes('`') || text.includes('](') ? text : `\`${text}\``));
      case 'blockquote':
        return writer.indent('> ');
      case 'ul':
      case 'ol':
      case 'menu':
        this.#lists.push({
          next: name === 'ol' ? Number.parseInt(attributes.start ?? '1', 10) || 1 : undefined,
        });
        return () => this.#lists.pop();
      case 'li':
        return this.#item();
      case 'tr':
        this.#cells = 0;
        return undefined;
      case 'td':
      case 'th':
        if (this.#cells++ > 0) writer.text(' | ');
        return undefined;
      default:
        return undefined;
    }
  }

  #item(): () => void {
    const list = this.#lists.at(-1);
    this.#writer.mark(list?.next === undefined ? '- ' : `${list.next++}. `);
    const outdent = this.#writer.indent('  ');
    return () => {
      this.#writer.dropMark();
      outdent();
    };
  }

  /** Only links that lead to another place are kept, whole; of others the text. */
  #link(href: string | undefined): (() => void) | undefined {
    const url = href?.trim() && !href.trim().startsWith('#') ? URL.parse(href, this.#base.href) : null;
    if (!url || !/^(https?|mailto):$/.test(url.protocol) || url.href.length > MOST_LINK_CHARACTERS)
      return undefined;
    // A bracket would end the link's address.
    const address = url.href.replaceAll('(', '%28').replaceAll(')', '%29');
    return this.#writer.inline((text) => (text === url.href ? text : `[${text}](${address})`));
  }
}
