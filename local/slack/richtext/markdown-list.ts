import type { Token } from 'markdown-it';
import { inlineElements } from './markdown-inline.ts';
import { preformatted, span } from './markdown-tokens.ts';
import { type Inline, textRun } from './types.ts';

/** The deepest that a rich_text_list may stand: what is nested deeper stays there. */
const MAX_INDENT = 8;

/**
 * Converts a list into rich_text_list elements. Slack has no nested lists: each change of depth begins a new
 * rich_text_list with another `indent`, and an ordered one that goes on says so by `offset`.
 */
export function listElements(list: Token[], indent: number): Inline[] {
  const ordered = list[0]?.type === 'ordered_list_open';
  const start = Number(list[0]?.attrGet('start') ?? 1);
  const out: Inline[] = [];
  let items: Inline[] = [];
  let done = start - 1;
  const flush = () => {
    if (items.length === 0) return;
    const style = ordered ? 'ordered' : 'bullet';
    const offset = ordered && done > 0 ? { offset: done } : {};
    const depth = Math.min(indent, MAX_INDENT);
    out.push({ type: 'rich_text_list', style, indent: depth, border: 0, ...offset, elements: items });
    done += items.length;
    items = [];
  };
  const inner = list.slice(1, -1);
  for (let at = 0; at < inner.length; ) {
    const item = span(inner, at);
    at += item.length;
    let text: Inline[] | undefined;
    const body = item.slice(1, -1);
    for (let child = 0; child < body.length; ) {
      const group = span(body, child);
      child += group.length;
      const type = group[0]?.type ?? '';
      if (type.endsWith('list_open') || type === 'fence' || type === 'code_block') {
        flush();
        out.push(
          ...(type.endsWith('list_open') ? listElements(group, indent + 1) : [preformatted(group[0])]),
        );
        continue;
      }
      const inline = inlineElements(group.find((token) => token.type === 'inline')?.children ?? []);
      if (text) text.push(textRun('\n', {}), ...inline);
      else {
        text = taskItem(inline);
        items.push({ type: 'rich_text_section', elements: text });
      }
    }
    if (body.length === 0) items.push({ type: 'rich_text_section', elements: [] });
  }
  flush();
  return out;
}

/** The box of a task list's item (§3.1 markdown "task lists"); Slack has no element for it, so it is a character. */
function taskItem(inline: Inline[]): Inline[] {
  const [first, ...rest] = inline;
  const box = first?.type === 'text' ? /^\[([ xX])\] /.exec(String(first.text)) : null;
  if (!first || !box) return inline;
  const text = `${box[1] === ' ' ? '☐' : '☑'} ${String(first.text).slice(box[0].length)}`;
  return [{ ...first, text }, ...rest];
}
