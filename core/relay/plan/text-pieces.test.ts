import { describe, expect, it } from 'vitest';
import type { TextPolicy } from '../../display/display.ts';
import { advanceText, readMarkdown } from '../../markdown/read-markdown.ts';
import { carriedText, closingOf, reopenText, type TextState } from '../../markdown/text-state.ts';
import { failureText, previewOf, titleOf } from './card-text.ts';
import { fittingLength } from './split-text.ts';

const policy: TextPolicy = { mentions: 'none', links: 'all' };
const nothing: TextState = { line: '' };
const behind = (...pieces: string[]) => pieces.reduce(advanceText, nothing);

describe('what is open in a text', () => {
  it.each([
    ['nothing', ['plain\n'], '', ''],
    ['a fence', ['```ts\nlet a'], '\n```', '```ts\n'],
    ['a fence that came in pieces', ['```py\n', 'x = 1\n'], '```', '```py\n'],
    ['a longer fence', ['````md\n```\nx\n'], '````', '````md\n'],
    ['a closed fence', ['```\nx\n```\n'], '', ''],
    ['a fence closed on the last line', ['```\nx\n```'], '', ''],
    ['a tilde fence', ['~~~\nx\n'], '~~~', '~~~\n'],
    ['ticks that begin no fence', ['```not``` one\nx\n'], '', ''],
    ['a fence in a list', ['- a\n  ```ts\n  x\n'], '  ```', '```ts\n'],
    ['a fence that ended with its list', ['- a\n  ```ts\n  x\nText\n'], '', ''],
    ['a fence in a quote', ['> ```\n> x\n'], '> ```', '> ```\n'],
    ['a quote, within a line', ['> some words '], '', '> '],
    ['a quote, behind a line', ['> some words\n'], '', ''],
    ['a table', ['| a | b |\n|---|---|\n| 1 | 2 |\n'], '', '| a | b |\n|---|---|\n'],
    ['a table that has ended', ['| a |\n|---|\n| 1 |\n\nText\n'], '', ''],
    ['a table whose last row has no bar', ['a | b\n--|--\n1\n'], '', 'a | b\n--|--\n'],
    ['a line with a bar', ['a | b\nText\n'], '', ''],
    ['bars of another number', ['a | b\n|---|\n'], '', ''],
  ])('%s', (_what, pieces, closing, reopening) => {
    const state = behind(...pieces);
    expect(closingOf(state)).toBe(closing);
    expect(reopenText(carriedText(state)).text).toBe(reopening);
  });

  it('T-68 a table’s head is repeated as it was sent', () => {
    const { state } = readMarkdown(nothing, '| <!channel> |\n|---|\n', policy);
    expect(reopenText(carriedText(state)).text).toBe('| <\u200b!channel> |\n|---|\n');
  });

  it('keeps no more than the beginning of a long line', () => {
    expect(JSON.stringify(behind('word '.repeat(5_000))).length).toBeLessThan(700);
  });
});

describe('a text that goes on in another message', () => {
  const carried = (before: string, rest: string): string => {
    const { text, state } = reopenText(carriedText(behind(before)));
    return text + readMarkdown(state, rest, policy).sent;
  };
  it.each([
    ['an ordered list keeps its numbers', '1. a\n2. b\n', '3. c\n', '3. c\n'],
    [
      'nested items are no code',
      '1. a\n    - b\n        - c\n',
      '        - d\n    - e\n2. f\n',
      '- d\n- e\n2. f\n',
    ],
    ['text of an item', '- a\n\n', '  more of a\n- b\n', 'more of a\n- b\n'],
    ['an item that is cut', '- one two ', 'three\n  - four\n', 'three\n- four\n'],
    ['code of an item', '- a\n  ```ts\n  x\n', '  y\n  ```\n- b\n', '```ts\ny\n```\n- b\n'],
    ['a quote that is cut', '> one ', 'two\n> three\n', '> two\n> three\n'],
    ['code in a quote', '> ```\n> x ', 'y\n> ```\n', '> ```\n> y\n> ```\n'],
    ['a line that is no part of the list', '  - a\n', 'Text\n    code\n', 'Text\n    code\n'],
    ['tags are text', '<div>\n', '  <b>x</b>\n', '  <b>x</b>\n'],
  ])('%s', (_what, before, rest, expected) => {
    expect(carried(before, rest)).toBe(expected);
  });
});

describe('fittingLength', () => {
  const cut = (text: string, room: number, mustTake = true): string =>
    text.slice(0, fittingLength(nothing, text, room, { policy, mustTake }));
  const a60 = 'a'.repeat(60);

  it.each([
    ['everything that fits', 'short', 100, 'short'],
    ['up to a paragraph', `${a60}\n\n${'b'.repeat(60)}`, 100, `${a60}\n\n`],
    ['up to a line', `${a60}\n${'b'.repeat(60)}`, 100, `${a60}\n`],
    ['up to a sentence', `${a60}. And ${'b'.repeat(60)}`, 100, `${a60}. `],
    ['up to a word', `${a60} ${'b'.repeat(60)}`, 100, `${a60} `],
    ['not into a link', `Look at [this page](https://example.com/${'x'.repeat(90)}) now`, 100, 'Look at '],
    ['not into a link’s label', `Look at [this long page](https://example.com/) now`, 20, 'Look at '],
    ['not into code', `Look at \`one two three\` now`, 20, 'Look at '],
    ['rather not into emphasis', `Look at it: **one two three** now`, 20, 'Look at it: '],
    ['not into an entity', 'aaaaaa&amp;aa', 9, 'aaaaaa'],
    ['not into a channel', 'aaaaaa<#C12345>aa', 9, 'aaaaaa'],
    ['not into an emoji’s name', 'aaaaaa:tada:aa', 9, 'aaaaaa'],
    ['not into a table’s head', `${a60}\n| a |\n|---|\n| 1 |`, 74, `${a60}\n`],
    ['not before what would be a list', 'It was in 2019. So', 14, 'It was '],
    ['not right before a block of code ends', '```\nabc\nabcd\n```\nText', 15, '```\nabc\n'],
    ['whole characters', '😀'.repeat(10), 10, '😀😀'],
    ['characters as people see them', '👩‍👩‍👧'.repeat(3), 40, '👩‍👩‍👧👩‍👩‍👧'],
    ['at least one character', '😀'.repeat(10), 1, '😀'],
    ['a word without end', 'x'.repeat(300), 100, 'x'.repeat(100)],
    ['bytes, not characters', 'é'.repeat(100), 100, 'é'.repeat(50)],
  ])('%s', (_what, text, room, expected) => {
    expect(cut(text, room)).toBe(expected);
  });

  it('counts what is sent', () => {
    expect(cut('<!here> '.repeat(4), 27)).toBe('<!here> <!here> ');
  });

  it('rather takes nothing than a splinter of a line', () => {
    expect(cut('A line that is too long', 10, false)).toBe('');
  });

  it('comes to the end of a text however little room there is', () => {
    const text = `[a](https://example.com/${'x'.repeat(300)}) &amp; <#C1|name> 👩‍👩‍👧 ${'y'.repeat(99)}`;
    let rest = text;
    for (let n = 0; rest !== '' && n < text.length; n++)
      rest = rest.slice(fittingLength(nothing, rest, 7, { policy, mustTake: true }));
    expect(rest).toBe('');
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
