import { expect, it } from 'vitest';
import { inertCode, inertText } from './inert-text.ts';

it.each([
  ['a mention', '<@U1> and <!channel>', '&lt;@U1&gt; and &lt;!channel&gt;'],
  ['a link with another face', '<https://evil.example|bank>', '&lt;https://evil.example|bank&gt;'],
  ['what is escaped already', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
  ['lines', 'one\r\n\ttwo\n\n\nthree', 'one two three'],
  ['backticks', 'a `b` ```c```', "a 'b' '''c'''"],
  ['marks that reverse the reading', 'safe\u202egpj.exe\u200b', 'safegpj.exe'],
  ['an Arabic mark that turns the reading', 'a\u061cb', 'ab'],
  ['letters that nobody sees', 'no\u{e0079}\u{e0065}\u{e0073}\u00ad\u3164', 'no'],
  ['control characters', 'a\u0000b\u001bc', 'a b c'],
  ['spaces around', '  x  ', 'x'],
])('makes %s inert', (_, text, expected) => {
  expect(inertText(text)).toBe(expected);
});

it('G-8 a value is cut at 200 characters with its escapes, never inside a character or an escape, and says so', () => {
  expect(inertText('x'.repeat(200))).toBe('x'.repeat(200));
  expect(inertText('x'.repeat(201))).toBe(`${'x'.repeat(170)}… (31 more characters)`);
  expect(inertText('🎉'.repeat(300))).toBe(`${'🎉'.repeat(85)}… (215 more characters)`);
  expect(inertText('<'.repeat(300))).toBe(`${'&lt;'.repeat(42)}… (258 more characters)`);
  for (const text of ['🎉', '<', 'x&'].map((part) => part.repeat(400)))
    expect(inertText(text).length).toBeLessThanOrEqual(200);
});

it('a short field is cut without a count', () => {
  expect(inertText('x'.repeat(50), 40)).toBe(`${'x'.repeat(39)}…`);
});

it('a value cannot leave its code span', () => {
  expect(inertCode('a` *b* `c')).toBe("`a' *b* 'c`");
  expect(inertCode(' \n ')).toBe('_empty_');
});
