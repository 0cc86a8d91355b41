import type { JsonObject } from '../json.ts';

/** Marks of a run of text in a rich_text element. */
export type Style = { bold?: true; italic?: true; strike?: true; code?: true };

/** An inline element of rich_text: text, link, user, channel, broadcast, usergroup, emoji. */
export type Inline = JsonObject & { type: string };

/** A text run with its marks; no `style` where there is none. */
export function textRun(text: string, style: Style): Inline {
  return withStyle({ type: 'text', text }, style);
}

/** One run of plain text; none where there is no text, as an empty one is no Block Kit. */
export function textRuns(text: string): Inline[] {
  return text === '' ? [] : [textRun(text, {})];
}

/** Adds the marks to an inline element. */
export function withStyle(element: Inline, style: Style): Inline {
  return Object.keys(style).length > 0 ? { ...element, style: { ...style } } : element;
}

/** Joins neighbouring text runs that have the same marks. */
export function joinRuns(elements: Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const element of elements) {
    const last = joined.at(-1);
    const same =
      last?.type === 'text' &&
      element.type === 'text' &&
      JSON.stringify(last.style) === JSON.stringify(element.style);
    if (same) joined[joined.length - 1] = { ...last, text: `${last.text}${element.text}` };
    else joined.push(element);
  }
  return joined;
}
