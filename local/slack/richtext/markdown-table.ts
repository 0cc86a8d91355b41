import type { Token } from 'markdown-it';
import type { Block } from '../world/types.ts';
import { inlineElements } from './markdown-inline.ts';
import type { Inline } from './types.ts';

/** Converts a Markdown table into a `table` block; alignment goes into `column_settings` (§3.1 table). */
export function tableBlock(tokens: Token[]): Block {
  const rows: Inline[][] = [];
  const settings: Inline[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type !== 'th_open' && token.type !== 'td_open') continue;
    const base = token.type === 'th_open' ? { bold: true as const } : {};
    const elements = inlineElements(tokens[at + 1]?.children ?? [], base);
    rows.at(-1)?.push({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
    if (rows.length === 1) settings.push({ type: 'column', align: alignment(token) });
  }
  const columns = settings.map(({ align }) => ({ align: align ?? 'left' }));
  return { type: 'table', rows, column_settings: columns };
}

function alignment(token: Token): string {
  return /text-align:(\w+)/.exec(String(token.attrGet('style') ?? ''))?.[1] ?? 'left';
}
