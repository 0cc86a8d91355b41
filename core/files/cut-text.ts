import { headOf, tailOf } from '../text.ts';

/** A text of at most `limit` characters (UTF-16): its first two thirds and its last third, and what is missing. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const marker = (missing: number) => `\n\n[… ${missing} of ${text.length} characters left out …]\n\n`;
  const room = limit - marker(text.length).length;
  const head = headOf(text, Math.floor((room * 2) / 3));
  const tail = tailOf(text, Math.floor(room / 3));
  return `${head}${marker(text.length - head.length - tail.length)}${tail}`;
}
