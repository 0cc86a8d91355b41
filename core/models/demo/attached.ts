import type { LanguageModelV4Message } from '@ai-sdk/provider';

type Parts = (LanguageModelV4Message & { role: 'user' })['content'];

/** A file of a person's message, as far as the demo model can see it. */
export interface DemoFile {
  name: string;
  /** `text`, or the media type of what is not text. */
  kind: string;
  /** A text's characters, otherwise bytes. */
  size: number;
  /** For a text. */
  text?: string;
}

/** The files that a message gives, in their order. */
export function filesOf({ role, content }: LanguageModelV4Message): DemoFile[] {
  if (role !== 'user') return [];
  return content.flatMap((part): DemoFile[] => {
    if (part.type === 'file') {
      const { mediaType: kind, filename: name = 'a file', data } = part;
      const bytes = data.type === 'data' && typeof data.data !== 'string' ? data.data.length : 0;
      return [{ name, kind, size: bytes }];
    }
    const [, name, text] = contentsOf(part.text) ?? [];
    return name === undefined || text === undefined ? [] : [{ name, kind: 'text', size: text.length, text }];
  });
}

/** What a person's message says of files that could not be given: sentences for people. */
export function unreadableIn({ role, content }: LanguageModelV4Message): string[] {
  if (role !== 'user') return [];
  const lines = ownText(content).matchAll(/^\(Attached, not readable for you: (.*)\)$/gm);
  return [...lines].map(([, why = '']) => why);
}

/** A person's own words: without the contents of files and the lines that name them. */
export function wordsOf(content: Parts): string {
  return ownText(content).replaceAll(/^\(Attached(?::|, not readable for you:) .*\)$\n?/gm, '');
}

function ownText(content: Parts): string {
  return content
    .flatMap((part) => (part.type === 'text' && !contentsOf(part.text) ? part.text : []))
    .join('');
}

const contentsOf = (text: string) => /^Contents of (.+):\n([\s\S]*)$/.exec(text);
