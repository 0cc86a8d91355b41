import type { Token } from 'markdown-it';
import { withEmoji } from './emoji.ts';
import { slackToken } from './slack-token.ts';
import type { Inline, Style } from './types.ts';
import { joinRuns, textRun, withStyle } from './types.ts';

const MARKS: Record<string, keyof Style> = { strong: 'bold', em: 'italic', s: 'strike' };

/** Converts the inline tokens of one Markdown paragraph into rich_text elements. */
export function inlineElements(tokens: Token[], base: Style = {}): Inline[] {
  const elements: Inline[] = [];
  let style: Style = base;
  let link: { url: string; text: string; bare: boolean } | undefined;
  for (const token of tokens) {
    const mark = MARKS[token.type.replace(/_(open|close)$/, '')];
    if (mark) style = token.nesting === 1 ? { ...style, [mark]: true } : without(style, mark, base);
    else if (token.type === 'link_open')
      link = { url: String(token.attrGet('href')), text: '', bare: token.info === 'auto' };
    else if (token.type === 'link_close' && link) {
      const text = link.bare ? {} : { text: link.text };
      elements.push(withStyle({ type: 'link', url: link.url, ...text }, style));
      link = undefined;
    } else if (link) link.text += token.type === 'softbreak' ? ' ' : token.content;
    else elements.push(...leaf(token, style));
  }
  return joinRuns(elements);
}

function leaf(token: Token, style: Style): Inline[] {
  switch (token.type) {
    case 'code_inline':
      return [textRun(token.content, { ...style, code: true })];
    case 'softbreak':
    case 'hardbreak':
      return [textRun('\n', style)];
    case 'image':
      // Images become links in Slack's Markdown (§3.1 markdown).
      return [
        withStyle({ type: 'link', url: String(token.attrGet('src')), text: token.content || 'image' }, style),
      ];
    case 'slack_token':
      return [slackToken(token.content, style) ?? textRun(`<${token.content}>`, style)];
    default:
      return token.content === '' ? [] : withEmoji(token.content, style);
  }
}

function without(style: Style, mark: keyof Style, base: Style): Style {
  const { [mark]: _closed, ...rest } = style;
  return base[mark] ? style : rest;
}
