import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownToBlocks } from '../../local/slack/richtext/markdown-blocks.ts';
import { breachesIn, markdown, policies, wholeMarkdown } from '../../test/support/markdown-bits.ts';
import { PROPERTY_TIMEOUT_MS, propertyRuns } from '../../test/support/property-runs.ts';
import type { TextPolicy } from '../display/display.ts';
import { fittingLength } from '../relay/plan/split-text.ts';
import { lettersOf, lettersOfMarkdown, lettersOfMessage } from '../slack/visible-text.ts';
import { cleanText } from './clean-text.ts';
import { readMarkdown, settledLength } from './read-markdown.ts';
import { carriedText, closingOf, reopenText, type TextState } from './text-state.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 });

interface Sent {
  messages: string[];
  letters: string[];
  /** All that was sent of the text itself. */
  own: string;
}

/** Sends a text as the relay does: in pieces as they come, held back at the edge, in messages of limited size. */
function send(text: string, policy: TextPolicy, pieces: readonly number[], room: number): Sent {
  const messages = [''];
  const letters = [''];
  let own = '';
  let isNew = true;
  let state: TextState = { line: '' };
  let taken = 0;
  let come = 0;
  for (let n = 0, rounds = 0; taken < text.length || come < text.length; rounds++) {
    if (rounds > 5_000) throw new Error('no progress');
    if (come < text.length) come = Math.min(text.length, come + (pieces[n++ % pieces.length] ?? 1));
    const there = text.slice(taken, come);
    let ready = come === text.length ? there.length : settledLength(state, there, policy);
    for (let calls = 0; ready > 0; calls++) {
      if (calls > 5_000) throw new Error('no progress in a flush');
      const last = messages.length - 1;
      const size = Buffer.byteLength(messages[last] ?? '');
      const fits = fittingLength(state, text.slice(taken, come), room - size, {
        policy,
        mustTake: isNew,
        upTo: ready,
      });
      if (fits > 0) {
        const read = readMarkdown(state, text.slice(taken, come), policy, fits);
        messages[last] += read.sent;
        own += read.sent;
        isNew = false;
        letters[last] += lettersOf(read.shown);
        state = read.state;
        taken += fits;
        ready -= fits;
      }
      if (ready > 0) {
        messages[last] += closingOf(state);
        const reopened = reopenText(carriedText(state));
        state = reopened.state;
        isNew = true;
        messages.push(reopened.text);
        letters.push(lettersOfMarkdown(reopened.text));
      }
    }
  }
  return { messages, letters, own };
}

const readable = (text: string) => text.replaceAll('\\|', '|').replace(/[\s\u200b]+/g, '');

describe('model text as it is sent', () => {
  const check = (
    test: (text: string, policy: TextPolicy, pieces: number[], room: number) => void,
    texts = markdown,
  ) =>
    fc.assert(
      fc.property(texts, fc.constantFrom(...policies), sizes, fc.constantFrom(120, 400, 9_000), test),
      propertyRuns(1_500),
    );

  it(
    'T-68 links and calls nothing that the policy does not allow, however it is cut',
    () => {
      check((text, policy, pieces, room) => {
        const { messages } = send(text, policy, pieces, room);
        for (const message of messages)
          expect(breachesIn(markdownToBlocks(message), policy), JSON.stringify(message)).toEqual([]);
      });
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'P-16 the size of the pieces makes no difference',
    () => {
      check((text, policy, pieces) => {
        // What stands behind an escape is read with more care where a piece ends there.
        fc.pre(!text.includes('\\'));
        const whole = send(text, policy, [text.length], 9_000).messages;
        expect(send(text, policy, pieces, 9_000).messages.map(readable)).toEqual(whole.map(readable));
      });
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    '17 what was sent is what Slack shows, letter for letter',
    () => {
      check((text, policy, pieces, room) => {
        fc.pre(!/[-*.)] +>/.test(text));
        const { messages, letters } = send(text, policy, pieces, room);
        for (const [n, message] of messages.entries()) {
          const stored = lettersOfMessage({ blocks: markdownToBlocks(message) });
          expect(letters[n], JSON.stringify(message)).toBe(stored);
          expect(lettersOfMarkdown(message), JSON.stringify(message)).toBe(stored);
        }
      }, wholeMarkdown);
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'G-2 nothing of a text is lost or sent twice',
    () => {
      // These are sent in another form.
      const rewritten = /\[\]\(|<@\w+\|/;
      check((text, policy, pieces, room) => {
        fc.pre(!rewritten.test(text));
        expect(readable(send(text, policy, pieces, room).own)).toBe(readable(cleanText(text).text));
      });
    },
    PROPERTY_TIMEOUT_MS,
  );
});
