import { modelMessageSchema } from 'ai';
import { expect, test } from 'vitest';
import { createRecords, objectionsOfSdk } from '../../test/support/history.ts';
import type { FileContent } from '../files/content.ts';
import { toModelMessages } from './messages.ts';

const { record, post } = createRecords();
const data = Uint8Array.of(1, 2, 3);
const file = (id: string, name: string) => ({ id, name, mimetype: 'x/y', size: 10 });

const contents: [name: string, content: FileContent | undefined, line: string, part: object | undefined][] = [
  [
    'an image',
    { kind: 'image', mediaType: 'image/png', data },
    '(Attached: plan)',
    { type: 'file', mediaType: 'image/png', filename: 'plan', data: { type: 'data', data } },
  ],
  [
    'a PDF',
    { kind: 'pdf', data, name: 'plan.pdf' },
    '(Attached: plan.pdf)',
    { type: 'file', mediaType: 'application/pdf', filename: 'plan.pdf', data: { type: 'data', data } },
  ],
  [
    'a text',
    { kind: 'text', name: 'plan.md', text: '# Plan\0' },
    '(Attached: plan.md)',
    { type: 'text', text: 'Contents of plan.md:\n# Plan' },
  ],
  [
    'a refused one',
    { kind: 'refused', name: 'plan', reason: 'plan is too large.' },
    '(Attached, not readable for you: plan is too large.)',
    undefined,
  ],
  [
    'one that nobody looked at',
    undefined,
    '(Attached, not readable for you: plan, x/y, 10 bytes.)',
    undefined,
  ],
];

test.each(contents)('a file of a post: %s', async (_name, content, line, part) => {
  const files = new Map(content ? [['F1', content]] : []);
  const messages = toModelMessages([post('See this.', 'U1', [file('F1', 'plan')])], { files });
  const text = `See this.\n${line}`;
  expect(messages).toEqual([{ role: 'user', content: part ? [{ type: 'text', text }, part] : text }]);
  expect(modelMessageSchema.safeParse(messages[0]).success).toBe(true);
  expect(await objectionsOfSdk(messages)).toEqual([]);
});

test('several files keep their order, and a post of files alone needs no words', () => {
  const files = new Map<string, FileContent>([
    ['F2', { kind: 'text', name: 'b', text: 'B' }],
    ['F1', { kind: 'image', mediaType: 'image/png', data }],
  ]);
  const [message] = toModelMessages([post('', 'U1', [file('F1', 'a'), file('F3', 'c'), file('F2', 'b')])], {
    files,
  });
  expect(message?.content).toEqual([
    {
      type: 'text',
      text: '(Attached: a)\n(Attached, not readable for you: c, x/y, 10 bytes.)\n(Attached: b)',
    },
    { type: 'file', mediaType: 'image/png', filename: 'a', data: { type: 'data', data } },
    { type: 'text', text: 'Contents of b:\nB' },
  ]);
});

test.each([
  [0, '(This came while you were working; take it into account from here on.)\n<@U1>: Hurry.'],
  [1, expect.stringMatching(/<@U1>: Hurry\.\n\(1 more message waits and will reach you later\.\)$/)],
  [2, expect.stringMatching(/2 more messages wait/)],
])('a post that came while its turn was at work says so, and that %i more wait', (waiting, expected) => {
  const { post: words } = post('Hurry.');
  const followUp = { role: 'user', ...(words ? { post: words } : {}), followUp: { waiting } } as const;
  expect(toModelMessages([post('Go.'), record(followUp)])[1]?.content).toEqual(expected);
});

test('K-5 K-9 a summary is a message of the user’s, as it was written; behind it posts name their author', async () => {
  const summary = record({ role: 'user', summary: 'This is a summary. Continue from where it ends.' });
  const messages = toModelMessages([summary, post('What about B?', 'U2')]);
  expect(messages).toEqual([
    { role: 'user', content: 'This is a summary. Continue from where it ends.' },
    { role: 'user', content: '<@U2>: What about B?' },
  ]);
  expect(await objectionsOfSdk(toModelMessages([summary]))).toEqual([]);
});
