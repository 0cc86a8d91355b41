import type { TextState } from '../../markdown/text-state.ts';

/** Lines of Markdown that become blocks of their own, behind which the text goes on in another. */
const DIVIDER = /^ {0,3}([-*_=])([ \t]*\1){2,}[ \t]*$/;
const DELIMITER_ROW = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const HEADING = /^ {0,3}#{1,6}[ \t]/;
const IMAGE = /!\[[^\]\n]*\]\(/g;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Where a piece of text goes on: the beginning of its line, and whether it stands in a code block. */
export type TextPlace = Pick<TextState, 'line' | 'fence'>;

/**
 * How many blocks Slack makes at most of each line, beyond the one of the text around it. It converts a text into
 * several (reference §3.1, `markdown`); which lines it parts, it does not say: none that it may is left out.
 */
function blocksOfLines(text: string, inFence: boolean): number[] {
  let code = inFence;
  return text.split('\n').map((line) => {
    if (FENCE.test(line)) {
      code = !code;
      return 0;
    }
    if (code || line === '') return 0;
    const parts = DIVIDER.test(line) || DELIMITER_ROW.test(line) || HEADING.test(line) ? 1 : 0;
    return 2 * (parts + (line.match(IMAGE)?.length ?? 0));
  });
}

/** How many blocks a piece of text adds at most, beyond the one that it stands in. */
export function blocksOfText(piece: string, { line, fence }: TextPlace): number {
  const code = fence !== undefined;
  const [counted = 0] = blocksOfLines(line, code);
  return blocksOfLines(line + piece, code).reduce((sum, blocks) => sum + blocks, -counted);
}

/** How many characters of a piece add no more than so many blocks: all, or those before the line that would. */
export function lengthWithinBlocks(piece: string, { line, fence }: TextPlace, room: number): number {
  const code = fence !== undefined;
  let left = room + (blocksOfLines(line, code)[0] ?? 0);
  let start = 0;
  let former = 0;
  const lines = (line + piece).split('\n');
  for (const [n, blocks] of blocksOfLines(line + piece, code).entries()) {
    left -= blocks;
    const whole = lines[n] ?? '';
    // A table's head goes with its rows.
    if (left < 0) return Math.max(0, (DELIMITER_ROW.test(whole) ? former : start) - line.length);
    former = start;
    start += whole.length + 1;
  }
  return piece.length;
}
