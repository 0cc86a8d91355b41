import type { Token } from 'markdown-it';
import type { Block } from '../world/types.ts';
import { inlineElements } from './markdown-inline.ts';
import { listElements } from './markdown-list.ts';
import { markdownParser } from './markdown-parser.ts';
import { tableBlock } from './markdown-table.ts';
import { preformatted, span } from './markdown-tokens.ts';
import { type Inline, joinRuns, textRun } from './types.ts';

/** Converts block tokens into the elements of one rich_text block. */
export function richElements(tokens: Token[]): Inline[] {
  const elements: Inline[] = [];
  for (let at = 0; at < tokens.length; ) {
    const group = span(tokens, at);
    const inner = group.slice(1, -1);
    const type = tokens[at]?.type;
    if (type === 'paragraph_open') section(elements, inlineElements(inner[0]?.children ?? []));
    else if (type === 'heading_open')
      section(elements, inlineElements(inner[0]?.children ?? [], { bold: true }));
    else if (type === 'fence' || type === 'code_block') elements.push(preformatted(group[0]));
    else if (type === 'blockquote_open') elements.push(...quote(inner));
    else if (type === 'bullet_list_open' || type === 'ordered_list_open')
      elements.push(...listElements(group, 0));
    at += group.length;
  }
  return elements;
}

/** Slack keeps neighbouring paragraphs in one section, with an empty line between them. */
function section(elements: Inline[], inline: Inline[]): void {
  const last = elements.at(-1);
  if (last?.type === 'rich_text_section' && Array.isArray(last.elements)) {
    const before = last.elements as Inline[];
    last.elements = joinRuns([...before, textRun('\n\n', {}), ...inline]);
  } else elements.push({ type: 'rich_text_section', elements: inline });
}

function quote(inner: Token[]): Inline[] {
  const elements: Inline[] = [];
  for (const one of richElements(inner)) {
    const isText = one.type === 'rich_text_section' || one.type === 'rich_text_quote';
    if (isText) elements.push({ type: 'rich_text_quote', elements: one.elements ?? [] });
    else elements.push(one);
  }
  return elements;
}

/**
 * Converts Markdown into the blocks Slack stores for it (§1.3, §1.5: streamed text is stored as blocks;
 * §3.1 markdown: it may expand to several). The whole text is converted at once, so a list that came in three
 * appends is one rich_text_list.
 */
export function markdownToBlocks(markdown: string): Block[] {
  const tokens = markdownParser.parse(markdown, {});
  const blocks: Block[] = [];
  let run: Token[] = [];
  const flush = () => {
    const elements = richElements(run);
    if (elements.length > 0) blocks.push({ type: 'rich_text', elements });
    run = [];
  };
  for (let at = 0; at < tokens.length; ) {
    const group = span(tokens, at);
    const type = tokens[at]?.type;
    if (type === 'hr' || type === 'table_open') {
      flush();
      blocks.push(type === 'hr' ? { type: 'divider' } : tableBlock(group));
    } else run.push(...group);
    at += group.length;
  }
  flush();
  return blocks;
}

/** Converts Markdown into one rich_text block, as a task card's details and output are stored (§3.1 task_card). */
export function markdownToRichText(markdown: string): Block {
  return { type: 'rich_text', elements: richElements(markdownParser.parse(markdown, {})) };
}
