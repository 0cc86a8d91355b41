/** What a character that is made of several may end with. */
const PICTURE_END =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{M}\p{Emoji_Modifier}\p{Default_Ignorable_Code_Point}]$/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How much of a text ends with a whole character as people see it; what may still grow is left. */
export function wholeGraphemes(text: string): number {
  const tail = text.slice(-64);
  if (!PICTURE_END.test(tail)) return text.length;
  const last = graphemes.segment(tail).containing(tail.length - 1);
  const start = text.length - tail.length + (last?.index ?? 0);
  return text.length - start < 60 ? start : text.length;
}

/** Whether a text may be cut at a place without breaking a character as people see it. */
export function isGraphemeEnd(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const start = Math.max(0, at - 64);
  return graphemes.segment(text.slice(start, at + 64)).containing(at - start)?.index === at - start;
}
