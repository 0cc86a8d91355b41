import { expect, it } from 'vitest';
import { cardText, inertLine } from './text.ts';

it('cardText is one line without control characters, cut at whole characters', () => {
  expect(cardText('a\n b\u0007\t c', 20)).toBe('a b c');
  expect(cardText('😀😀😀', 2)).toBe('😀…');
  expect(cardText('ab👩‍👩‍👧cd', 5)).toBe('ab…');
  expect(cardText('pay\u202efdp.exe', 20)).toBe('payfdp.exe');
});

it.each([
  ['<!channel> <@U1>', '<·!channel> <·@U1>'],
  ['<#C1|general>', '#general'],
  ['[run](javascript:x)', '[run]·(javascript:x)'],
  ['https://example.com/a', 'https://example.com/a'],
])('T-68 a card’s text is inert: %s', (text, expected) => {
  expect(cardText(text, 80).replaceAll('\u200b', '·')).toBe(expected);
});

it('17 a line of our own is inert as the policy wants it', () => {
  const line = 'See https://example.com/a';
  expect(inertLine(line, { mentions: 'none', links: 'none' })).not.toBe(line);
  expect(inertLine(line)).toBe(line);
});
