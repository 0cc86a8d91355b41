import { WebRefusal } from './web-refusal.ts';

export interface ContentType {
  /** How the text is made readable. */
  kind: 'html' | 'text';
  /** Type and subtype, in small letters. */
  name: string;
  charset?: string;
}

const html = /^(text\/html|application\/xhtml\+xml)$/;
const text =
  /^(text\/(plain|markdown|x-markdown|xml)|application\/(json|xml)|application\/[\w.-]+\+(json|xml))$/;

/**
 * Reads Content-Type and refuses what is no text to read.
 *
 * @throws WebRefusal
 */
export function readContentType(header: string | undefined): ContentType {
  const name = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)\s*(?:;|,|$)/.exec(header ?? '')?.[1]?.toLowerCase();
  if (!name) throw new WebRefusal('The page does not say what kind of content it has, so it is not read.');
  const charset = /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(header ?? '')?.[1]?.toLowerCase();
  const kind = html.test(name) ? 'html' : text.test(name) ? 'text' : undefined;
  if (!kind)
    throw new WebRefusal(
      `That is ${name.slice(0, 100)}, which cannot be read: only HTML, plain text, Markdown, JSON and XML can.`,
    );
  return { kind, name, ...(charset ? { charset } : {}) };
}
