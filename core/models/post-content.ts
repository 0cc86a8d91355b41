import type { UserModelMessage } from 'ai';
import type { FileContent } from '../files/content.ts';
import { sanitizeFileName } from '../files/names.ts';
import type { FileReference, MessageRecord, UserPost } from '../sessions/record.ts';
import { cleanText } from './clean-value.ts';

type Content = UserModelMessage['content'];
type Part = Exclude<Content, string>[number];
export type Files = ReadonlyMap<string, FileContent>;

/**
 * A person's post as the model reads it: their words and what is attached by name, then the files themselves in their
 * order. Without a readable file it is a plain text.
 *
 * @param named whether the post begins with its author
 */
export function postContent(
  post: UserPost,
  followUp: MessageRecord['followUp'],
  named: boolean,
  files: Files,
): Content {
  const said = postText(post, named || followUp !== undefined, files);
  const text = followUp ? followUpText(said, followUp) : said;
  const parts = attached(post).flatMap((file) => fileParts(file, files.get(file.id)));
  return parts.length > 0 ? [{ type: 'text', text }, ...parts] : text;
}

/** A post that came while its turn was at work; it names its author, for it need not be the one who asked. */
function followUpText(said: string, { waiting }: { waiting: number }): string {
  const more = waiting === 1 ? '1 more message waits' : `${waiting} more messages wait`;
  const lines = ['(This came while you were working; take it into account from here on.)', said];
  if (waiting > 0) lines.push(`(${more} and will reach you later.)`);
  return lines.join('\n');
}

function postText(post: UserPost, named: boolean, files: Files): string {
  const references = attached(post);
  const words = typeof post.text === 'string' ? cleanText(post.text).trim() : '';
  const lines = [
    words || (references.length > 0 ? '' : '(They called you without a word.)'),
    ...references.map((file) => fileLine(file, files.get(file.id))),
  ];
  const said = lines.filter(Boolean).join('\n');
  return cleanText(named ? `<@${post.author?.userId}>: ${said}` : said);
}

function attached({ files }: UserPost): readonly FileReference[] {
  const whole = Array.isArray(files) ? files.filter((file) => typeof file?.id === 'string') : [];
  // Whoever uploaded a file chose its name, and records hold it as it came.
  return whole.map((file) => ({ ...file, name: sanitizeFileName(String(file.name)) }));
}

/** What is said of a file among the person's words, so that it can be spoken of by its name. */
function fileLine({ name, mimetype, size }: FileReference, content: FileContent | undefined): string {
  if (!content) return `(Attached, not readable for you: ${name}, ${mimetype}, ${size} bytes.)`;
  if (content.kind === 'refused') return `(Attached, not readable for you: ${content.reason})`;
  return `(Attached: ${content.kind === 'image' ? name : content.name})`;
}

function fileParts({ name }: FileReference, content: FileContent | undefined): Part[] {
  switch (content?.kind) {
    case 'image':
      return [filePart(content.data, content.mediaType, name)];
    case 'pdf':
      return [filePart(content.data, 'application/pdf', content.name)];
    case 'text':
      return [{ type: 'text', text: cleanText(`Contents of ${content.name}:\n${content.text}`) }];
    default:
      return [];
  }
}

function filePart(data: Uint8Array, mediaType: string, name: string): Part {
  return { type: 'file', mediaType, filename: cleanText(name), data: { type: 'data', data } };
}
