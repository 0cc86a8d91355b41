import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import { markdownToBlocks } from '../../local/slack/richtext/markdown-blocks.ts';
import { mrkdwnToRichText } from '../../local/slack/richtext/mrkdwn.ts';
import { blocksToText } from '../../local/slack/richtext/to-text.ts';

/** [what, Markdown, the text that Slack would give beside the blocks] */
const MARKDOWN: [string, string, string][] = [
  ['marks', '**b** *i* ~~s~~ `c`', '*b* _i_ ~s~ `c`'],
  ['one star is italic, not bold', '*x*', '_x_'],
  ['mentions and ranges are honoured', '<@U1> <!channel> <#C1>', '<@U1> <!channel> <#C1>'],
  ['links in both forms', '<https://a.b|x> [y](https://c.d)', '<https://a.b|x> <https://c.d|y>'],
  ['escaped tokens stay text', '&lt;!channel&gt; \\<@U1>', '&lt;!channel&gt; &lt;@U1&gt;'],
  ['tokens in code stay text', '`<!here>`', '`&lt;!here&gt;`'],
  ['headers are bold, images become links', '# T\n\n![alt](https://i.png)', '*T*\n\n<https://i.png|alt>'],
  ['nested lists', '1. a\n   - b\n2. c', '1. a\n    • b\n2. c'],
  ['quotes and code', '> q\n\n```js\nx\n```', '&gt; q\n```x```'],
  ['emoji by name and by character', ':tada: ✅ 10:30:45', ':tada: :white_check_mark: 10:30:45'],
];

test.each(MARKDOWN)('§1.2 Markdown as Slack converts it: %s', (_what, markdown, text) => {
  expect(blocksToText(markdownToBlocks(markdown))).toBe(text);
});

test('§1.2 an open fence or mark is converted as far as it goes', () => {
  expect(markdownToBlocks('a **b')).toMatchObject([{ elements: [{ elements: [{ text: 'a **b' }] }] }]);
  expect(markdownToBlocks('```\ncode')).toMatchObject([{ elements: [{ type: 'rich_text_preformatted' }] }]);
});

test('mrkdwn: marks only at word edges, entities decoded, lists and quotes as their own elements', () => {
  const { elements } = mrkdwnToRichText('a_b_c *x* &lt;y&gt;\n- one\n&gt; two');
  expect(elements).toMatchObject([
    { elements: [{ text: 'a_b_c ' }, { text: 'x', style: { bold: true } }, { text: ' <y>' }] },
    { type: 'rich_text_list', style: 'bullet' },
    { type: 'rich_text_quote', elements: [{ text: 'two' }] },
  ]);
});

/** Pieces of Markdown and mrkdwn, to be strung together. */
const PIECES = fc.constantFrom(
  ...[
    'a',
    ' ',
    '\n',
    '\n\n',
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```',
    '```js\n',
    '- ',
    '1. ',
    '    ',
    '> ',
    '# ',
    '---',
  ],
  ...[
    '| a | b |\n|---|---|\n| c | d |\n',
    '[x](https://a.example)',
    '![](https://a.example/p.png)',
    '<!here>',
  ],
  ...[
    '<@U0REQUESTER>',
    '<https://a.example|l>',
    '<!date^1^{date}|x>',
    '<!date^1^{date}>',
    '- [ ] ',
    ':tada:',
    '\u{1F44D}\u{1F3FD}',
  ],
);
const TEXT = fc.array(PIECES, { maxLength: 40 }).map((pieces) => pieces.join(''));

test('§3.1 what is made of Markdown and mrkdwn is Block Kit that an app could post again', () => {
  const deep = Array.from({ length: 12 }, (_, at) => `${'  '.repeat(at)}- x`).join('\n');
  fc.assert(
    fc.property(TEXT, (given) => {
      expect(validateBlocks(markdownToBlocks(given))).toEqual([]);
      expect(validateBlocks([mrkdwnToRichText(given)])).toEqual([]);
    }),
    { examples: [[deep]], numRuns: 300, seed: 8 },
  );
});
