import { describe, expect, it } from 'vitest';
import { failureText, previewOf, titleOf } from './card-text.ts';
import { fittingLength } from './split-text.ts';
import { advanceText, carriedText, closingOf, reopeningOf } from './text-state.ts';

const after = (...pieces: string[]) => pieces.reduce(advanceText, { line: '' });

describe('what is open in a text', () => {
  it.each([
    ['nothing', ['plain\n'], '', ''],
    ['a fence', ['```ts\nlet a'], '\n```', '```ts\n'],
    ['a fence that came in pieces', ['``', '`p', 'y\nx = 1\n'], '```', '```py\n'],
    ['a longer fence', ['````md\n```\nx\n'], '````', '````md\n'],
    ['a closed fence', ['```\nx\n```\n'], '', ''],
    ['a fence closed on the last line', ['```\nx\n```'], '', ''],
    ['a tilde fence', ['~~~\nx\n'], '~~~', '~~~\n'],
    ['a table', ['| a | b |\n|---|---|\n| 1 | 2 |\n'], '', '| a | b |\n|---|---|\n'],
    ['a table that has ended', ['| a |\n|---|\n| 1 |\n\nText\n'], '', ''],
    ['a line with a bar', ['a | b\nText\n'], '', ''],
  ])('%s', (_what, pieces, closing, reopening) => {
    const state = after(...pieces);
    expect(closingOf(state)).toBe(closing);
    expect(reopeningOf(carriedText(state))).toBe(reopening);
  });
});

describe('fittingLength', () => {
  const clean = { atLineStart: false, mustTake: true };
  it.each([
    ['everything that fits', 'short', 100, 'short'],
    ['up to a paragraph', `${'a'.repeat(60)}\n\n${'b'.repeat(60)}`, 100, `${'a'.repeat(60)}\n\n`],
    ['up to a line', `${'a'.repeat(60)}\n${'b'.repeat(60)}`, 100, `${'a'.repeat(60)}\n`],
    ['up to a word', `${'a'.repeat(60)} ${'b'.repeat(60)}`, 100, `${'a'.repeat(60)} `],
    ['not into a link', `Look at [this page](https://example.com/${'x'.repeat(90)}) now`, 100, 'Look at '],
    ['whole characters', '😀'.repeat(10), 10, '😀😀'],
    ['at least one character', '😀'.repeat(10), 1, '😀'],
  ])('%s', (_what, text, room, expected) => {
    expect(text.slice(0, fittingLength(text, room, clean))).toBe(expected);
  });

  it('rather takes nothing than a splinter of a line', () => {
    expect(fittingLength('A line that is too long', 10, { atLineStart: true, mustTake: false })).toBe(0);
  });
});

describe('card texts', () => {
  it.each([
    [{ city: 'Berlin' }, 'Berlin'],
    [{ city: 'Berlin', days: 3, unit: null }, 'city: Berlin, days: 3'],
    [{ startDate: 'Monday', tags: ['a', 'b'] }, 'start date: Monday, tags: a, b'],
    [{ filter: { a: 1 }, list: [{}, {}] }, 'filter: 1 field, list: 2 entries'],
    ['plain', 'plain'],
    [42, '42'],
    [null, ''],
    [[], 'none'],
  ])('of %j', (value, expected) => {
    expect(previewOf(value)).toBe(expected);
  });

  it('names a tool in words', () => {
    expect(titleOf(undefined, 'post_announcement')).toBe('Post announcement');
    expect(titleOf('Post it', 'post_announcement')).toBe('Post it');
  });

  it('G-31 cuts an error at 200 characters', () => {
    expect(failureText('x'.repeat(500))).toHaveLength(200);
    expect(failureText('')).toBe('Failed: no reason was given');
  });
});
