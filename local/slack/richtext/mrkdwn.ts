import type { Block } from '../world/types.ts';
import { withEmoji } from './emoji.ts';
import { SLACK_TOKEN, slackToken } from './slack-token.ts';
import { type Inline, joinRuns, type Style, textRun, textRuns } from './types.ts';

const MARKS: Record<string, keyof Style> = { '*': 'bold', _: 'italic', '~': 'strike' };

/** Slack escapes only these three in text on the wire. */
export function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Converts mrkdwn text (what people and apps post as `text`) into the rich_text block that Slack stores with it. */
export function mrkdwnToRichText(text: string): Block {
  const elements: Inline[] = [];
  for (const [at, piece] of text.split('```').entries()) {
    if (at % 2 === 1) {
      const code = decodeEntities(piece.replace(/^\n/, '').replace(/\n$/, ''));
      elements.push({ type: 'rich_text_preformatted', elements: textRuns(code), border: 0 });
    } else elements.push(...lineElements(at > 0 ? piece.replace(/^\n/, '') : piece));
  }
  return { type: 'rich_text', elements };
}

type Line = { kind: 'plain' | 'quote' | 'bullet' | 'ordered'; text: string };

function classify(line: string): Line {
  const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
  if (quote) return { kind: 'quote', text: quote[1] ?? '' };
  const bullet = /^\s*[•-] (.*)$/.exec(line);
  if (bullet) return { kind: 'bullet', text: bullet[1] ?? '' };
  const ordered = /^\s*\d+\. (.*)$/.exec(line);
  return ordered ? { kind: 'ordered', text: ordered[1] ?? '' } : { kind: 'plain', text: line };
}

function lineElements(text: string): Inline[] {
  if (text === '') return [];
  const groups: { kind: Line['kind']; lines: string[] }[] = [];
  for (const line of text.split('\n').map(classify)) {
    const last = groups.at(-1);
    if (last?.kind === line.kind) last.lines.push(line.text);
    else groups.push({ kind: line.kind, lines: [line.text] });
  }
  const filled = groups.filter(({ kind, lines }) => kind !== 'plain' || lines.some((line) => line !== ''));
  return filled.map(({ kind, lines }) => {
    if (kind === 'plain') return { type: 'rich_text_section', elements: mrkdwnInline(lines.join('\n')) };
    if (kind === 'quote') return { type: 'rich_text_quote', elements: mrkdwnInline(lines.join('\n')) };
    const elements = lines.map((line) => ({ type: 'rich_text_section', elements: mrkdwnInline(line) }));
    return { type: 'rich_text_list', style: kind, indent: 0, border: 0, elements };
  });
}

/** Converts one run of mrkdwn (`*bold*`, `_italic_`, `~strike~`, code, tokens) into inline elements. */
export function mrkdwnInline(text: string, style: Style = {}): Inline[] {
  const elements: Inline[] = [];
  const marks = new OpenMarks(text);
  let plain = '';
  const flush = () => {
    elements.push(...withEmoji(decodeEntities(plain), style));
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const taken = construct(text, at, { style, marks });
    if (taken) {
      flush();
      elements.push(...taken.elements);
      at += taken.length;
    } else plain += text.charAt(at++);
  }
  flush();
  return joinRuns(elements);
}

function construct(
  text: string,
  at: number,
  { style, marks }: { style: Style; marks: OpenMarks },
): { elements: Inline[]; length: number } | undefined {
  const char = text.charAt(at);
  const token = char === '<' ? SLACK_TOKEN.exec(text.slice(at)) : null;
  if (token) {
    const element = slackToken(decodeEntities(token[1] ?? ''), style);
    return element && { elements: [element], length: token[0].length };
  }
  const code = char === '`' ? /^`([^`\n]+)`/.exec(text.slice(at)) : null;
  if (code) {
    return {
      elements: [textRun(decodeEntities(code[1] ?? ''), { ...style, code: true })],
      length: code[0].length,
    };
  }
  const mark = MARKS[char];
  if (!mark || style[mark] || /\w/.test(text.charAt(at - 1))) return undefined;
  const end = marks.closing(at, char);
  if (end < 0) return undefined;
  return {
    elements: mrkdwnInline(text.slice(at + 1, end), { ...style, [mark]: true }),
    length: end + 1 - at,
  };
}

/** Finds where marks end. A line is searched once for each mark, however many of them stand open in it. */
class OpenMarks {
  readonly #text: string;
  /** Up to where there is no end of a mark. */
  readonly #none = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the mark that opens at `at` ends: on the same line, not after a space, not inside a word; or -1. */
  closing(at: number, char: string): number {
    const text = this.#text;
    if (/\s/.test(text.charAt(at + 1)) || at < (this.#none.get(char) ?? 0)) return -1;
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    for (let end = text.indexOf(char, at + 2); end > 0 && end < lineEnd; end = text.indexOf(char, end + 1)) {
      if (!/\s/.test(text.charAt(end - 1)) && !/\w/.test(text.charAt(end + 1))) return end;
    }
    this.#none.set(char, lineEnd);
    return -1;
  }
}
