import { describe, expect, it } from 'vitest';
import { markdownToBlocks } from '../../local/slack/richtext/markdown-blocks.ts';
import { lettersOfMarkdown, lettersOfMessage } from './visible-text.ts';

describe('visible text', () => {
  it('of Markdown is what Slack shows of it', () => {
    expect(
      lettersOfMarkdown('## Head\n1. **one** [two](https://x.y) `three`\n```ts\nfour\n```\n:tada: 😀'),
    ).toBe('Headonetwothreefour');
  });

  it.each([
    ['a year at the beginning of a line is text', 'It was in\n2019. So', 'Itwasin2019So'],
    ['a list’s number is none', '3. x\n4) y', 'xy'],
    ['code is text as it stands', '```\n1. a [b](https://c.d) :tada: &amp;\n```', '1abhttpscdtadaamp'],
    ['code in a line, too', '`[b](https://c.d)` :tada:', 'bhttpscd'],
    ['a table’s cells', '| a | b |\n|---|---|\n| 1 | `2` |', 'ab12'],
    ['a task', '- [x] done\n- [ ] open', 'doneopen'],
    ['an address', 'https://example.com/a_b?c=%C3%A4', 'httpsexamplecomabc'],
    ['an address of another script', 'https://bücher.de/ä', 'https'],
    ['entities', 'a &amp; b &lt;c&gt; &#65;', 'abcA'],
    ['times are no emoji', '10:30:45', '103045'],
    ['pictures that count as letters', 'a ℹ️ b 1️⃣', 'ab'],
    ['who is mentioned', '<@U1|bo> <#C1|general>', 'U1C1'],
    ['a quote', '> a\n> b', 'ab'],
    ['escapes', '\\*a\\* 1\\. b', 'a1b'],
  ])('%s', (_what, markdown, letters) => {
    expect(lettersOfMarkdown(markdown)).toBe(letters);
    expect(lettersOfMessage({ blocks: markdownToBlocks(markdown) })).toBe(letters);
  });

  it('of a message is that of its blocks, without cards', () => {
    const blocks = [
      {
        type: 'plan',
        title: 'Plan',
        tasks: [{ type: 'task_card', task_id: 'a', title: 'Card', status: 'complete' }],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Hello ' },
              { type: 'link', url: 'https://x.y', text: 'there' },
              { type: 'emoji', name: 'tada' },
              { type: 'user', user_id: 'U1' },
            ],
          },
        ],
      },
      { type: 'table', rows: [[{ type: 'raw_text', text: 'cell' }]] },
    ];
    expect(lettersOfMessage({ blocks, text: 'fallback' })).toBe('HellothereU1cell');
  });
});
