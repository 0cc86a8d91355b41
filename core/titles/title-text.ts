import { headOf, withoutInvisible } from '../text.ts';

/**
 * What the title model is asked (capability 54). The demo model knows the request by this text.
 */
export const TITLE_REQUEST =
  'Write a title for this conversation: two to eight words that name its subject, in its language, in sentence case. Keep identifiers (#123, repository and file names) as they are written. No quotation marks, no emoji, no Markdown, no full stop at the end. Do not answer the message, do not comment on it: give the title and nothing else.';

/** Slack takes 200 characters; more than this is no title. */
const TITLE_CHARS = 80;
const TITLE_WORDS = 12;
const FALLBACK_WORDS = 6;

/** What a model says instead of a title (case K-34). */
const talk = [
  /^(i|i['’]m|i am|sorry|sure|certainly|of course|here(['’]s| is)|as an? )\b/i,
  /\b(cannot|can['’]t|unable to) (browse|access|help|provide|create|see|open)\b/i,
  /^(title|subject)\s*$/i,
  /[?!]$/,
];

/**
 * Makes a title of what a model answered.
 *
 * @returns undefined when it is none: empty, a remark about the request, or a whole text
 */
export function cleanTitle(answer: string): string | undefined {
  const [line = '', ...more] = withoutInvisible(answer)
    .split(/\r?\n/)
    .map((text) => text.trim())
    .filter(Boolean);
  const title = plain(line.replace(/^(title|subject)\s*:\s*/i, ''));
  if (!title || more.length > 0 || title.length > TITLE_CHARS) return undefined;
  if (title.split(' ').length > TITLE_WORDS || talk.some((pattern) => pattern.test(title))) return undefined;
  return title;
}

/** A title out of a person's own words: the first six of them, at most 80 characters. */
export function titleOfPost(text: string): string | undefined {
  const words = plain(text.replaceAll(/<[@#!][^>]*>/g, ' '))
    .split(' ')
    .filter(Boolean);
  const title = headOf(words.slice(0, FALLBACK_WORDS).join(' '), TITLE_CHARS).trim();
  return title ? title + (words.length > FALLBACK_WORDS ? '…' : '') : undefined;
}

/** One line without marks of emphasis, quotation marks around it, emoji or a full stop at its end. */
function plain(text: string): string {
  return withoutInvisible(text)
    .replaceAll(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{1F1E6}-\u{1F1FF}]/gu, '')
    .replaceAll(/\*\*|__|`+|^#+\s+/gm, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/^["'“”‘’«»„*_]+/, '')
    .replace(/["'“”‘’«»*_.,;:]+$/, '')
    .trim();
}
