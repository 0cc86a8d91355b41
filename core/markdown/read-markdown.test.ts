import { describe, expect, it } from 'vitest';
import { markdownToBlocks } from '../../local/slack/richtext/markdown-blocks.ts';
import type { TextPolicy } from '../display/display.ts';
import { readMarkdown, settledLength } from './read-markdown.ts';
import type { TextState } from './text-state.ts';

const nothing: TextState = { line: '' };
const open: TextPolicy = { mentions: 'none', links: 'all' };
const shut: TextPolicy = { mentions: 'none', links: 'none' };
const some: TextPolicy = { mentions: 'none', links: ['good.com', 'bücher.de'] };

const sent = (text: string, policy: TextPolicy = open): string => readMarkdown(nothing, text, policy).sent;
/** What is put in to make it inert, to be seen. */
const seen = (text: string, policy: TextPolicy = open): string =>
  sent(text, policy).replaceAll('\u200b', '·');
const linksIn = (markdown: string): string[] =>
  [...JSON.stringify(markdownToBlocks(markdown)).matchAll(/"type":"link","url":"([^"]*)"/g)].map(
    ([, url]) => url ?? '',
  );

describe('mentions', () => {
  it.each([
    ['<@U1>', '<·@U1>'],
    ['<!channel> <!here>', '<·!channel> <·!here>'],
    ['<!subteam^S1|team>', '<·!subteam^S1|team>'],
    ['<!date^1^{date}^https://evil.com|x>', '<·!date^1^{date}^https://evil.com|x>'],
    ['<\u202e!channel>', '<·!channel>'],
    ['<\u0000@U1>', '<·@U1>'],
    ['\\<!channel>', '\\<·!channel>'],
    ['&lt;!channel&gt;', '&lt;·!channel&gt;·'],
    ['@here and @channel', '@·here and @·channel'],
    ['me@here.org', 'me@here.org'],
    ['`<!channel>`', '`<·!channel>`'],
    ['```\n<@U1>\n```', '```\n<·@U1>\n```'],
    // A channel's link notifies nobody.
    ['<#C1|general>', '<#C1|general>'],
    // What is copied from code stays as it is.
    ['<!-- a comment -->', '<!-- a comment -->'],
    ['<!DOCTYPE html>', '<!DOCTYPE html>'],
    ['a < b, x<y, <b>bold</b>', 'a < b, x<y, <b>bold</b>'],
  ])('T-68 %s', (text, expected) => {
    expect(seen(text)).toBe(expected);
  });

  it('17 people are mentioned where the policy allows it, and only they', () => {
    const people: TextPolicy = { mentions: 'people', links: 'all' };
    expect(seen('<@U1> <@W2|ann> <!here> `<@U1>`', people)).toBe('<@U1> <@W2> <·!here> `<·@U1>`');
  });

  it('T-68 knows what the piece before ended with', () => {
    const { state } = readMarkdown(nothing, 'a <', open);
    expect(readMarkdown(state, '@U1>', open).sent).toBe('\u200b@U1>');
    expect(readMarkdown(state, ' b', open).sent).toBe(' b');
  });
});

describe('links', () => {
  const stays: [string, string][] = [
    ['[t](https://good.com/a "title")', 'https://good.com/a'],
    ['[t](https://good.com)', 'https://good.com'],
    ['[t](https://a.b.good.com:8443/x_(y))', 'https://a.b.good.com:8443/x_(y)'],
    ['[t](HTTPS://GOOD.com/)', 'HTTPS://GOOD.com/'],
    ['[t](https://good.com./)', 'https://good.com./'],
    ['[t](https://xn--bcher-kva.de/)', 'https://xn--bcher-kva.de/'],
    ['[t](<https://good.com/a>)', 'https://good.com/a'],
    ['![i](https://good.com/i.png)', 'https://good.com/i.png'],
    ['[](https://good.com/a)', 'https://good.com/a'],
    ['https://good.com/a?b=https://good.com/c', 'https://good.com/a?b=https://good.com/c'],
    ['(https://good.com)', 'https://good.com'],
    ['**https://good.com**', 'https://good.com'],
    ['见https://good.com。', 'https://good.com'],
    ['<https://good.com|label>', 'https://good.com'],
    ['<mailto:a@good.com>', 'mailto:a@good.com'],
    ['<a@good.com>', 'mailto:a@good.com'],
    ['mailto:a@good.com', 'mailto:a@good.com'],
  ];
  it.each(stays)('%s stays one where its domain is allowed', (text, url) => {
    expect(linksIn(sent(text))).toContain(url);
    expect(linksIn(sent(text, shut))).toEqual([]);
    if (!text.includes('?b=')) expect(linksIn(sent(text, some))).toEqual([url]);
  });

  it.each([
    '[t](https://evil.com)',
    '[t](https://good.com@evil.com)',
    '[t](https://good.com:x@evil.com)',
    '[t](https://good.com.evil.com)',
    '[t](https://evilgood.com)',
    '[t](https://good.com%2eevil.com)',
    '[t](https://good.com\\@evil.com)',
    '[t](https://good.com。evil.com/)',
    '[t](//evil.com)',
    '[t](relative/page)',
    '![i](https://evil.com/i.png)',
    '[a [b](https://evil.com) c](https://evil.com)',
    '[t][r]\n\n[r]: https://evil.com',
    '[r]: <https://evil.com> "x"\n\n[r]',
    '<https://evil.com|good.com>',
    'https://evil.com',
    'xhttps://evil.com',
    '//evil.com',
    '`code` https://evil.com/`x`',
    'https://good.com,//evil.com',
    'https://good.com/a’https://evil.com',
    '<a@evil.com>',
    'mailto:a@evil.com,b@good.com',
    '| a |\n|---|\n| ` | ` x `[x](https://evil.com)` |',
    '> ```\n[x](https://evil.com)',
    '- ```\n[x](https://evil.com)',
  ])('T-68 %s is none where its domain is not allowed', (text) => {
    expect(linksIn(sent(text, some)).filter((url) => !/^https:\/\/good\.com\b/.test(url))).toEqual([]);
    expect(linksIn(sent(text, shut))).toEqual([]);
  });

  it.each([
    '[t](javascript:alert(1))',
    '[t](JavaScript:alert%281%29)',
    '[t](data:text/html,x)',
    '[t](slack://open?team=T1)',
    '[t](javascript&colon;alert)',
    '<slack://open>',
    '<javascript:alert(1)>',
    'slack://open',
    'ftp://example.com/a',
    '<std::string>',
    '[t]: slack://open\n\n[t]',
  ])('T-68 %s is never one', (text) => {
    expect(linksIn(sent(text))).toEqual([]);
  });

  it('what is no link is read with its address', () => {
    expect(seen('[t](https://evil.com/a "x")', some)).toBe('[t]·(https:/·/evil.·com/a "x")');
    expect(seen('www.evil.com and evil.com/a, file.ts', some)).toBe(
      'www·.evil.·com and evil.·com/a, file.ts',
    );
  });

  it('code stays as it is', () => {
    for (const code of ['`a[0](x) // y`', '```ts\na[0](x); // https://evil.com\n```', '``a ` b``'])
      expect(sent(code, shut)).toBe(code);
  });

  it('shows all of a row, and a bar inside code', () => {
    expect(sent('| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| `x | y` | z |\n')).toBe(
      '| a | b |\n|---|---|\n| 1 | 2 \\| 3 |\n| `x \\| y` | z |\n',
    );
  });
});

describe('characters', () => {
  it.each([
    ['control characters', 'a\u0000b\u0007c\u009bd\te\n', 'abcd\te\n'],
    ['bidirectional marks', 'pay\u202efdp\u2066x\u2069\u200e\u200f\u061c', 'payfdpx'],
    ['line ends', 'a\r\nb\rc', 'a\nb\nc'],
    ['halves of characters', 'a\ud83d b \ude00', 'a\ufffd b \ufffd'],
    ['joined pictures stay', '👩‍👩‍👧 e\u0301', '👩‍👩‍👧 e\u0301'],
    ['marks that are written as entities', '&#8238;&#x202e;&rlm;', '&·#8238;&·#x202e;&·rlm;'],
  ])('17 %s', (_what, text, expected) => {
    expect(seen(text)).toBe(expected);
  });

  it('a line’s end that comes in two pieces is one', () => {
    const { sent: first, state } = readMarkdown(nothing, 'a\r', open);
    expect(first + readMarkdown(state, '\nb', open).sent).toBe('a\nb');
  });
});

describe('what waits at the edge', () => {
  it.each([
    ['plain text', 'Some words', 'Some words'],
    ['a lone <', 'a <', 'a '],
    ['half a call', 'a <!chan', 'a '],
    ['half a tag', 'a <div class="x', 'a '],
    ['a comparison', 'a < b', 'a < b'],
    ['half a fence', 'a\n``', 'a\n'],
    ['a fence’s first line', 'a\n```ty', 'a\n'],
    ['half a row', '| a |\n|---|\n| 1', '| a |\n|---|\n'],
    ['half a table’s head', 'a\n| b', 'a\n'],
    ['half a link', 'see [this page](https://exam', 'see '],
    ['a label', 'see [this page]', 'see '],
    ['half an image', 'see ![this', 'see '],
    ['half an address', 'see https://exam', 'see '],
    ['half an entity', 'a &am', 'a '],
    ['half of code', 'use `npm ru', 'use '],
    ['marks of emphasis', 'so **', 'so '],
    ['not the emphasised text', 'so **bo', 'so **bo'],
    ['an emoji’s name', 'yes :tad', 'yes '],
    ['a list’s number', 'a\n12', 'a\n'],
    ['half a character', 'a \ud83d', 'a '],
    ['half a family', 'a 👩\u200d', 'a '],
    ['half a flag', 'a \ud83c\udde9', 'a '],
    ['half a line’s end', 'a\r', 'a'],
    ['half a closing fence', '```\nx\n``', '```\nx\n'],
  ])('P-16 %s', (_what, text, expected) => {
    expect(text.slice(0, settledLength(nothing, text, open))).toBe(expected);
  });

  it.each(['<@', '<div ', '`', '[', '[a](https://x.y/', '&', '*', '| ', '```', ':', 'https://', '# ', '- '])(
    'P-16 %s is not held back for ever',
    (begin) => {
      const text = begin + 'x'.repeat(2_600);
      expect(text.length - settledLength(nothing, text, open)).toBeLessThanOrEqual(500);
    },
  );
});

it.each([
  '[',
  '<',
  '*',
  '`',
  '](',
  '[a](',
  '`` ` ',
  '<a|',
  'https://',
  'mailto:',
  '&',
  ':a',
  '| a ',
  '> ',
  '- ',
  '\n',
  '\u0301',
])('17 takes no time for 200 KB of %j', (bit) => {
  const text = bit.repeat(200_000 / bit.length);
  const start = performance.now();
  readMarkdown(nothing, text, some);
  settledLength(nothing, text, some);
  expect(performance.now() - start).toBeLessThan(3_000);
});
