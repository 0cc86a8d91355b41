/**
 * What a line means where it stands: a small part of CommonMark's first phase (spec 0.31.2, "Container blocks" and
 * "Leaf blocks"), as far as it decides what is code, what a list's number, and what stays open behind the line.
 */

/**
 * What a line stands in, outermost first: a quote, or a list item with the columns its text is indented by. Negative:
 * the item began in a message before this one, so that its indentation is taken away.
 */
export type Box = number | '>';

/** What stands open before a line. */
export interface OpenBlocks {
  boxes?: Box[];
  /** The line that opened the code fence. */
  fence?: string;
  /** The line before is text that this one may go on with. */
  paragraph?: true;
}

export interface LineStart {
  kind: 'blank' | 'text' | 'fence' | 'code' | 'rule';
  /** Characters that are the line's indentation and marks. */
  prefix: number;
  /** What is sent for them. */
  sent: string;
  /** What the line stood in, without what was taken away of its indentation: with it a rest of it is read. */
  kept: Box[];
  /** What stands open behind the line. */
  after: OpenBlocks;
}

const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const RULE = /^(?:\*[ \t]*){3,}$|^(?:-[ \t]*){3,}$|^(?:_[ \t]*){3,}$/;
/** Under a paragraph it makes it a heading. */
const UNDERLINE = /^=+[ \t]*$/;
const ITEM = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;
/** A task's box is drawn by Slack. */
const TASK = /^\[[ xX]\] /;

/**
 * Reads how a line begins.
 *
 * @param line the line, or what of it is there
 * @param begun the line's beginning was sent already: what is taken away is gone
 */
export function beginLine(before: OpenBlocks, line: string, begun = false): LineStart {
  const boxes = before.boxes ?? [];
  const at = new Place(line);
  const matched = matchBoxes(at, boxes, begun);
  const rest = () => line.slice(at.index);
  // For Slack a box of another message is not there: it does not end what stands in it.
  const goesOn = boxes.slice(matched).every((box) => box !== '>' && box < 0);
  if (before.fence !== undefined && goesOn) return fenceLine(before, at, line);
  const kept = boxes.filter((box, n) => n < matched || box === '>' || box > 0);
  const open = boxes.slice(0, matched);
  let isNew = false;
  let paragraph = before.paragraph === true;
  for (;;) {
    const indent = at.indent();
    const text = rest().trimStart();
    const start = (kind: LineStart['kind'], after: OpenBlocks): LineStart => ({
      kind,
      prefix: at.index,
      sent: at.sent,
      kept,
      after: opened(after),
    });
    if (text === '') return start('blank', { boxes: open });
    if (indent >= 4) {
      if (!paragraph || isNew) return start('code', { boxes: open });
      return start('text', { boxes, paragraph: true });
    }
    if (text.startsWith('>')) {
      at.skip(indent + 1, true);
      at.skip(Math.min(1, at.indent()), true);
      open.push('>');
      isNew = true;
      paragraph = false;
      continue;
    }
    if (FENCE.test(text)) return start('fence', { boxes: open, fence: text.trim() });
    if (HEADING.test(text)) {
      at.skip(indent, true);
      return start('text', { boxes: open });
    }
    const underlines = paragraph && goesOn && !isNew && UNDERLINE.test(text);
    if (underlines || RULE.test(text)) return start('rule', { boxes: open });
    const item = ITEM.exec(text);
    // Only a list that begins with 1 and is not empty may interrupt a paragraph.
    const interrupts = paragraph && goesOn && !isNew;
    const bare = item && text.slice(item[0].length).trim() === '';
    if (item && !(interrupts && (bare || (item[1] !== undefined && Number(item[1]) !== 1)))) {
      at.skip(indent + item[0].length, true);
      const spaces = at.indent();
      const gap = bare || spaces > 4 ? 1 : spaces;
      at.skip(bare ? 0 : gap, true);
      open.push(indent + item[0].length + gap);
      isNew = true;
      paragraph = false;
      const box = TASK.exec(rest());
      if (box) at.skip(box[0].length, true);
      continue;
    }
    at.skip(indent, true);
    const isLazy = paragraph && !isNew;
    return start('text', { boxes: isLazy ? boxes : open, paragraph: true });
  }
}

function fenceLine(before: OpenBlocks, at: Place, line: string): LineStart {
  const { fence = '', boxes = [] } = before;
  const text = line.slice(at.index).trim();
  const marker = markerOf(fence);
  const run = /^(`+|~+)$/.exec(text)?.[1];
  const closes = at.indent() < 4 && run?.startsWith(marker) === true;
  return {
    kind: closes ? 'fence' : 'code',
    prefix: at.index,
    sent: at.sent,
    kept: boxes,
    after: opened(closes ? { boxes } : { boxes, fence }),
  };
}

/** Goes through the boxes that this line still stands in; returns how many they are. */
function matchBoxes(at: Place, boxes: readonly Box[], begun: boolean): number {
  for (const [n, box] of boxes.entries()) {
    const isBlank = at.isBlank();
    if (box === '>') {
      const indent = at.indent();
      if (indent > 3 || at.charBehind(indent) !== '>') return n;
      at.skip(indent + 1, true);
      at.skip(Math.min(1, at.indent()), true);
    } else if (box < 0 && begun) {
      // It was taken away when the line began.
    } else if (!isBlank) {
      if (at.indent() < Math.abs(box)) {
        // What is left of an indentation that is taken away stands for nothing.
        if (box < 0) at.skip(at.indent(), false);
        return n;
      }
      at.skip(Math.abs(box), box > 0);
    } else if (box < 0) at.skip(Math.min(at.indent(), -box), false);
  }
  return boxes.length;
}

/** A place in a line's beginning, counted in columns: a tab goes to the next fourth one. */
class Place {
  index = 0;
  sent = '';
  #column = 0;
  /** Columns left of a tab that was taken in part. */
  #left = 0;
  readonly #line: string;

  constructor(line: string) {
    this.#line = line;
  }

  indent(): number {
    let columns = this.#left;
    let column = this.#column + this.#left;
    for (let i = this.index; ; i++) {
      const char = this.#line[i];
      if (char === ' ') {
        columns++;
        column++;
      } else if (char === '\t') {
        const width = 4 - (column % 4);
        columns += width;
        column += width;
      } else return columns;
    }
  }

  isBlank(): boolean {
    return /^[ \t]*$/.test(this.#line.slice(this.index));
  }

  charBehind(columns: number): string | undefined {
    return columns === this.indent() ? this.#line.slice(this.index).trimStart()[0] : undefined;
  }

  /** Goes on by so many columns, which are sent or taken away. */
  skip(columns: number, keep: boolean): void {
    let left = columns;
    while (left > 0) {
      if (this.#left > 0) {
        this.#left--;
        this.#column++;
        if (keep) this.sent += ' ';
        left--;
        continue;
      }
      const char = this.#line[this.index];
      if (char === undefined) return;
      this.index++;
      if (char === '\t') {
        this.#left = 4 - (this.#column % 4);
        continue;
      }
      this.#column++;
      if (keep) this.sent += char;
      left--;
    }
    // The rest of a tab that was taken in part is sent as spaces.
    if (this.#left > 0) {
      this.sent += ' '.repeat(this.#left);
      this.#column += this.#left;
      this.#left = 0;
    }
  }
}

/** The run of marks that opened a fence. */
export function markerOf(fence: string): string {
  return /^(`+|~+)/.exec(fence)?.[1] ?? '```';
}

/** Absent fields stay absent: what is open is stored. */
function opened({ boxes, fence, paragraph }: OpenBlocks): OpenBlocks {
  return {
    ...(boxes && boxes.length > 0 ? { boxes } : {}),
    ...(fence === undefined ? {} : { fence }),
    ...(paragraph ? { paragraph } : {}),
  };
}

const BLOCK_MARK =
  /^[ \t]*(?:[-+*](?:\s|$)|(?:[-*_][ \t]*){3,}|#{1,6}(?:\s|$)|>|~{3}|`{3}|\d{1,9}[.)](?:\s|$))/;

/** Whether a text, at a line's beginning, would be more than text. */
export function beginsBlock(text: string): boolean {
  return BLOCK_MARK.test(text);
}
