import type { DemoFile } from '../attached.ts';
import type { Conversation } from '../conversation.ts';
import type { DemoRequest } from '../script.ts';

/** Of a text, and of what was said, so much is repeated. */
const HEAD_CHARS = 100;
const SAID_CHARS = 200;
const SUMMARY_CHARS = 600;
const MOST_SAID = 20;

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
const head = (text: string, chars: number): string =>
  text.length > chars ? `${text.slice(0, chars - 1).toWellFormed()}…` : text;

function fileLine({ name, kind, size, text }: DemoFile): string {
  if (text === undefined) return `- **${name}** (${kind}, ${size} bytes)`;
  return `- **${name}** (text, ${size} characters) begins: “${head(flat(text), HEAD_CHARS)}”`;
}

function fileReport({ files, unreadable }: Conversation): string {
  const lines = [...files.map(fileLine), ...unreadable.map((why) => `- Not readable for me: ${why}`)];
  return lines.length > 0 ? `This is attached:\n\n${lines.join('\n')}` : 'I see no file.';
}

const voices = { person: 'You', model: 'I', summary: 'In a summary' } as const;

function saidReport({ before }: Conversation): string {
  if (before.length === 0) return 'Nothing was said before.';
  const lines = before
    .slice(-MOST_SAID)
    .map(
      ({ by, text }) =>
        `- **${voices[by]}**: ${head(flat(text), by === 'summary' ? SUMMARY_CHARS : SAID_CHARS)}`,
    );
  return `This was said before:\n\n${lines.join('\n')}`;
}

/** Requests that show what reaches the model. */
export const knowing: readonly DemoRequest[] = [
  {
    ask: 'what is in the file',
    shows: 'what the model was given of the files that you attached',
    pattern: /\bwhat(?: is|['’]s) in (?:the|this|these|my) files?\b/i,
    script: (_match, conversation) => ({ answer: () => fileReport(conversation) }),
  },
  {
    ask: 'what was said before',
    shows: 'what the model knows of the conversation: word for word, or as a summary',
    pattern: /\bwhat was said (?:before|so far)\b/i,
    script: (_match, conversation) => ({ answer: () => saidReport(conversation) }),
  },
];
