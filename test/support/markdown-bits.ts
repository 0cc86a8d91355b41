import fc from 'fast-check';
import type { TextPolicy } from '../../core/display/display.ts';

export const policies: TextPolicy[] = [
  { mentions: 'none', links: 'all' },
  { mentions: 'people', links: 'none' },
  { mentions: 'none', links: ['good.com', 'bücher.de'] },
];

/** What a text is made of: whole constructs, their halves, and what stands between them. */
const bits = [
  'word ',
  'a',
  'B2 ',
  ' ',
  '  ',
  '    ',
  '\t',
  '\n',
  '\n',
  '\n\n',
  '\r\n',
  '. ',
  ', ',
  '<@U1A>',
  '<@U1A|bo>',
  '<!channel>',
  '<!here|x>',
  '<!subteam^S1>',
  '<#C1|gen>',
  '<',
  '>',
  '!',
  '@',
  '@here ',
  '<\u202e!channel>',
  '&lt;!channel&gt;',
  '<!-- ` -->',
  '[t](https://good.com/x)',
  '[t](https://evil.com)',
  '![i](https://evil.com/i.png)',
  '![](https://good.com)',
  '[](https://good.com/a)',
  '[a',
  '](',
  '](https://evil.com ',
  ')',
  '[',
  ']',
  '[r]: https://evil.com\n',
  '[r]',
  '[^1]: note\n',
  '[x](javascript:alert)',
  '[x](slack://open)',
  '[x](<https://evil.com>)',
  '[x](https://good.com@evil.com)',
  '[x](https://good.com "t")',
  '[x](https://sub.good.com./p_(q))',
  'https://evil.com/a_b ',
  'https://good.com/x?y=1 ',
  'https://good.com',
  'https://',
  '://',
  'http',
  's',
  '//evil.com ',
  ' mailto:a@evil.com ',
  '<https://evil.com|lab>',
  '<https://good.com>',
  '<mailto:a@good.com>',
  '<std::string>',
  'ftp://evil.com ',
  'https://good.com。evil.com ',
  '`',
  '``',
  '`code` ',
  '`[x](https://evil.com)`',
  '```\n',
  '```ts\n',
  '```',
  '~~~\n',
  '**',
  '*',
  '_',
  '~~',
  '**bold** ',
  '_it_ ',
  '- ',
  '* ',
  '1. ',
  '2) ',
  '12. ',
  '- item\n',
  '  - sub\n',
  '    - deep\n',
  '1. one\n',
  '2. two\n',
  '   text\n',
  '> ',
  '> quote\n',
  '>> ',
  '# ',
  '## Head\n',
  '---\n',
  '- [x] done\n',
  '|',
  '| a | b |\n',
  '|---|---|\n',
  '| 1 | `x` |\n',
  '&amp;',
  '&am',
  'p;',
  '&#58;',
  '&#8238;',
  '\\',
  '\\`',
  '\\[',
  '😀',
  '👩‍👩‍👧',
  '🇩🇪',
  'é',
  'e\u0301',
  '漢字',
  ':tada:',
  ':',
  ':foo',
  '\u0000',
  '\u202e',
  '\ud83d',
  '10:30:45 ',
  'https://good.com/%C3%A4 ',
  'https://good.com,//evil.com ',
  'https://good.com/a’https://evil.com ',
  'https://good.com**//evil.com ',
];
/** What Slack shows otherwise than it is read, for it is half of something: code over lines, a table without rows. */
const halves = new Set([
  '<',
  '<https://evil.com|lab>',
  '\\',
  'https://',
  '<#C1|gen>',
  ':foo',
  '\ud83d',
  '`',
  '``',
  '|',
  '```',
  '<!-- ` -->',
  '\\`',
]);
export const wholeMarkdown = fc
  .array(
    fc.constantFrom(
      ...bits
        .filter((bit) => !halves.has(bit))
        .map((bit) => bit.replace(/^(```|~~~)/, '\n$1').replace(/good.com$/, 'good.com ')),
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((all) => all.join(''));
export const markdown = fc
  .array(fc.constantFrom(...bits), { minLength: 1, maxLength: 40 })
  .map((all) => all.join(''));
function elementsOf(node: unknown, found: Record<string, unknown>[] = []): Record<string, unknown>[] {
  if (Array.isArray(node)) for (const child of node) elementsOf(child, found);
  else if (typeof node === 'object' && node !== null) {
    found.push(node as Record<string, unknown>);
    for (const child of Object.values(node)) elementsOf(child, found);
  }
  return found;
}

/** What Slack stores of a message that the policy does not allow: links, mentions and calls. */
export function breachesIn(blocks: unknown, policy: TextPolicy): unknown[] {
  return elementsOf(blocks).filter(({ type, url }) => {
    if (type === 'broadcast' || type === 'usergroup' || type === 'date') return true;
    if (type === 'user') return policy.mentions === 'none';
    if (type !== 'link') return false;
    if (!/^(https?:\/\/|mailto:)/i.test(String(url))) return true;
    if (policy.links === 'all') return false;
    if (policy.links === 'none') return true;
    const host = /^mailto:/i.test(String(url)) ? String(url).split('@').pop() : new URL(String(url)).hostname;
    return !/^(.+\.)?(good\.com|xn--bcher-kva\.de)\.?$/.test(host ?? '');
  });
}
