import { longMarkdown } from '../long-markdown.ts';
import type { DemoRequest } from '../script.ts';

const LONG_CHARS = 3_000;
const MOST_CHARS = 100_000;
const SLOW_SECONDS = 30;
const MOST_SECONDS = 900;

/** Requests that show answers of all kinds. */
export const answering: readonly DemoRequest[] = [
  {
    ask: 'long answer',
    shows: 'about 3,000 characters of Markdown, or as many as you say: `long answer 20000`',
    pattern: /\blong answer\b(?:\s+(?:of\s+)?(\d[\d,]*))?/i,
    script: ([, chars]) => ({
      answer: () =>
        longMarkdown(Math.min(MOST_CHARS, chars ? Number(chars.replaceAll(',', '')) : LONG_CHARS)),
    }),
  },
  {
    ask: 'slow answer',
    shows: 'an answer that takes 30 seconds, or as many as you say: `slow answer 90`; good for trying a stop',
    pattern: /\bslow answer\b(?:\s+(\d{1,3}))?/i,
    script: ([, seconds]) => ({
      seconds: Math.min(MOST_SECONDS, Number(seconds ?? SLOW_SECONDS)) || SLOW_SECONDS,
      answer: () =>
        'I take my time with this one, so that you can watch it grow, write something else meanwhile, or stop me. Each word comes a little after the one before it, and nothing is lost between them. This was the last sentence.',
    }),
  },
  {
    ask: 'think',
    shows: 'reasoning before the answer',
    pattern: /\bthink\b/i,
    script: () => ({
      thinking:
        'The person wants to see me think. I weigh what I could say, find that little is needed, and decide to be brief.',
      answer: () => 'I thought about it first, and this is what came of it.',
    }),
  },
  {
    ask: 'say hello',
    shows: 'exactly the words behind `say`',
    pattern: /^\s*(?:<@\w+>:?\s*)?say\s+(\S[\s\S]*)$/i,
    alone: true,
    script: ([, words = '']) => ({ answer: () => words.trim() }),
  },
];
