import { expect, test } from 'vitest';
import { pageMessage } from '../../local/slack/admin/page-message.ts';
import type { Message } from '../../local/slack/world/types.ts';

const message = (given: Partial<Message> = {}): Message => ({
  channel: 'C1',
  ts: '1700000000.000100',
  user: 'U1',
  teamId: 'T1',
  text: 'words',
  blocks: [],
  blocksFrom: 'text',
  ...given,
});
const section = { type: 'section', block_id: 'b', text: { type: 'mrkdwn', text: 'say *so* :eyes:' } };

test('mrkdwn comes with its rich_text, emoji with their character; what is stored stays as it is', () => {
  const before = structuredClone(section);
  const { blocks } = pageMessage(message({ blocks: [section] }));
  const written = JSON.stringify(blocks);
  expect(written).toContain('"style":{"bold":true}');
  expect(written).toContain('"char":"👀"');
  expect(section).toEqual(before);
});

test('a block that did not change is parsed once', () => {
  const [first] = pageMessage(message({ blocks: [section] })).blocks;
  const [again] = pageMessage(message({ blocks: [section], edited: { user: 'U1', ts: '1.000001' } })).blocks;
  expect(again).toBe(first);
  const [copy] = pageMessage(message({ blocks: [structuredClone(section)] })).blocks;
  expect(copy).not.toBe(first);
});

test('a message without blocks shows its text', () => {
  expect(JSON.stringify(pageMessage(message({ text: 'only *text*' })).blocks)).toContain('"bold":true');
});

test('reactions come with their character, unknown ones by name', () => {
  const reactions = [
    { name: 'tada', users: ['U1'] },
    { name: 'own_emoji', users: ['U2'] },
  ];
  expect(pageMessage(message({ reactions })).reactions.map(({ char }) => char)).toEqual([
    '🎉',
    ':own_emoji:',
  ]);
});
