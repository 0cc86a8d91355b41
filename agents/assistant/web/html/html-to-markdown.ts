import { setImmediate } from 'node:timers/promises';
import { Parser } from 'htmlparser2';
import { cleanText } from '../clean-text.ts';
import type { WebLimits } from '../limits.ts';
import { PageReader } from './page-reader.ts';

export interface MarkdownPage {
  text: string;
  title: string;
  description: string;
  /** Elements were nested too deeply; the text ends there. */
  tooDeep: boolean;
}

/** Between two pieces others get their turn: an invocation renews its lease while a large page is read. */
const PIECE = 64 * 1024;

/**
 * Makes Markdown of a page: headings, paragraphs, lists, quotations, code, rows of tables, and links with whole
 * addresses. Without scripts, styles, forms' choices and what the page hides. Where the page says what its main part
 * is, only that. The page is read as a stream of tags, never built as a tree: time and memory grow with its length
 * and nothing else.
 *
 * @param url where the page was found: relative links are relative to it
 * @throws the signal's reason
 */
export async function htmlToMarkdown(
  html: string,
  url: URL,
  limits: Pick<WebLimits, 'nesting'>,
  signal: AbortSignal,
): Promise<MarkdownPage> {
  const reader = new PageReader(url);
  let tooDeep = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      reader.open(name, attributes);
      if (reader.depth <= limits.nesting) return;
      // At once: the parser's own work for each tag grows with the depth.
      tooDeep = true;
      parser.pause();
    },
    ontext: (text) => {
      if (!tooDeep) reader.text(text);
    },
    onclosetag: () => {
      if (!tooDeep) reader.close();
    },
  });
  for (let start = 0; start < html.length && !tooDeep; start += PIECE) {
    await setImmediate();
    signal.throwIfAborted();
    parser.write(html.slice(start, start + PIECE));
  }
  if (!tooDeep) parser.end();
  const { title, description } = reader;
  return { text: cleanText(reader.markdown()).trim(), title, description, tooDeep };
}
