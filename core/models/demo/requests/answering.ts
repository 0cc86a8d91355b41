import { crossingMarkdown } from '../crossing-markdown.ts';
import { longMarkdown } from '../long-markdown.ts';
import type { DemoRequest } from '../script.ts';

const LONG_CHARS = 3_000;
const MOST_CHARS = 100_000;
const SLOW_SECONDS = 30;
const MOST_SECONDS = 900;
const CROSSING_SECONDS = 60;

/** What a text may do in Slack beyond being read, and what only looks like it. */
function mentions(requester: string, channel: string): string {
  return [
    `People: <@${requester}>, and \`<@${requester}>\` as code.`,
    `Channels: <#${channel}>. Everybody: <!channel>, <!here>, <!everyone>, @channel.`,
    'Links: [a page](https://example.com/docs), https://example.com/a?b=1&c=2, <https://example.org|another>, [not one](javascript:alert(1)), mail@example.com.',
    'Signs: 1 < 2 && 3 > 2, &lt;b&gt;, <b>no HTML</b>.',
  ].join('\n\n');
}

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
    ask: 'answer in several messages',
    shows:
      'an answer of 29,000 characters in one minute, or in as many seconds as you say (`… in 20 seconds`): code, a table and a nested list go on from one message to the next',
    pattern: /\banswer in several messages\b(?: in (\d{1,3}) seconds?)?/i,
    script: ([, seconds]) => ({
      seconds: Math.min(MOST_SECONDS, Number(seconds ?? CROSSING_SECONDS)) || CROSSING_SECONDS,
      answer: crossingMarkdown,
    }),
  },
  {
    ask: 'mention people and links',
    shows: 'mentions, channels and links of all kinds, as a model may write them',
    pattern: /\bmention (?:people|me|links)\b/i,
    script: (_match, { requester = 'U0', channel = 'C0' }) => ({
      answer: () => mentions(requester, channel),
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
