import { describe, expect, test } from 'vitest';
import { cutToTokens, lastPart, tokensOf } from './shorten.ts';
import type { TranscriptEntry } from './transcript.ts';

const entry = (
  kind: TranscriptEntry['kind'],
  text: string,
  fields: Partial<TranscriptEntry> = {},
): TranscriptEntry => ({ role: kind === 'result' ? 'user' : 'assistant', kind, text, ...fields });
const long = (word: string, chars: number) => word.repeat(Math.ceil(chars / word.length));

describe('results are cut first, the oldest before the others', () => {
  const first = entry('result', `BEGIN${long('one ', 60_000)}END`);
  const second = entry('result', `BEGIN${long('two ', 60_000)}END`);
  const talk = entry('said', long('important ', 3_000));

  test('only as much as is needed', () => {
    const cut = cutToTokens([first, talk, second], tokensOf([talk, second]) + 3_000);
    expect(cut[0]?.text.length).toBeLessThanOrEqual(4_000);
    expect(cut[0]?.text).toMatch(/^BEGINone.*characters left out.*one END$/s);
    expect(cut.slice(1)).toEqual([talk, second]);
  });

  test('words stay whole while cut results are enough', () => {
    const cut = cutToTokens([first, talk, second], tokensOf([talk]) + 4_000);
    expect(cut[1]).toEqual(talk);
    expect(tokensOf(cut)).toBeLessThanOrEqual(tokensOf([talk]) + 4_000);
  });

  test('what fits is left alone', () => {
    expect(cutToTokens([first, talk], 1_000_000)).toEqual([first, talk]);
  });
});

describe('the last part', () => {
  const entries = Array.from({ length: 400 }, (_, n) =>
    entry('said', `Sentence ${n}. ${long('word ', 200)}`),
  );

  test('50 it is the end of the conversation, within its tokens', () => {
    const part = lastPart(entries, 5_000);
    expect(tokensOf(part)).toBeLessThanOrEqual(5_000);
    expect(tokensOf(part)).toBeGreaterThan(4_500);
    expect(part.at(-1)).toEqual(entries.at(-1));
    expect(part[0]?.text).toMatch(/left out/);
  });

  test('a former summary and an open request stay, cut to their share where they are long', () => {
    const summary = entry('said', `SUMMARY ${long('s ', 50_000)}`, { essential: true, role: 'user' });
    const request = entry('said', 'Please move it to five.', { essential: true, role: 'user' });
    const part = lastPart([summary, request, ...entries], 5_000);
    expect(tokensOf(part)).toBeLessThanOrEqual(5_000);
    expect(part[1]?.text).toMatch(/^SUMMARY/);
    expect(part[2]).toEqual(request);
    expect(part.at(-1)).toEqual(entries.at(-1));
  });

  test('one entry that is larger than all the room is cut', () => {
    const part = lastPart([entry('said', `BEGIN ${long('word ', 500_000)} END`)], 2_000);
    expect(tokensOf(part)).toBeLessThanOrEqual(2_000);
    expect(part.at(-1)?.text).toMatch(/^BEGIN.*END$/s);
  });
});

test('no character is cut in two', () => {
  const pictures = entry('result', '😀'.repeat(9_000));
  for (const tokens of [300, 501, 777, 2_000])
    for (const { text } of cutToTokens([pictures], tokens)) expect(text.isWellFormed()).toBe(true);
});
