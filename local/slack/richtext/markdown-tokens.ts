import type { Token } from 'markdown-it';
import { type Inline, textRuns } from './types.ts';

/** The tokens from an opening one to its closing one, both included. */
export function span(tokens: Token[], from: number): Token[] {
  const open = tokens[from];
  if (open?.nesting !== 1) return tokens.slice(from, from + 1);
  const end = tokens.findIndex(
    (token, at) => at > from && token.nesting === -1 && token.level === open.level,
  );
  return tokens.slice(from, end + 1);
}

/** A code block's rich_text element, with its language where the fence named one. */
export function preformatted(token: Token | undefined): Inline {
  const language = token?.info.trim().split(/\s+/)[0];
  return {
    type: 'rich_text_preformatted',
    elements: textRuns((token?.content ?? '').replace(/\n$/, '')),
    border: 0,
    ...(language ? { language } : {}),
  };
}
