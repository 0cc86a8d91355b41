import { describe, expect, it } from 'vitest';
import { cardText, inertMarkdown, mayCutAt, settledLength } from './text.ts';
import { lettersOfMarkdown, lettersOfMessage } from './visible-text.ts';

const inert = (text: string) => inertMarkdown(text).replaceAll('\u200b', '·');

describe('inertMarkdown', () => {
  it.each([
    ['<@U1>', '<·@U1>'],
    ['<!channel> <!here>', '<·!channel> <·!here>'],
    ['<!subteam^S1|team>', '<·!subteam^S1|team>'],
    // A channel's link notifies nobody.
    ['<#C1|general>', '<#C1|general>'],
    // What is copied from code stays as it is.
    ['<!-- a comment -->', '<!-- a comment -->'],
    ['<!DOCTYPE html>', '<!DOCTYPE html>'],
    ['a < b, x<y, <b>bold</b>', 'a < b, x<y, <b>bold</b>'],
  ])('%s', (text, expected) => {
    expect(inert(text)).toBe(expected);
  });

  it('T-68 knows what the piece before ended with', () => {
    expect(inertMarkdown('@U1>', '<')).toBe('\u200b@U1>');
    expect(inertMarkdown('@U1>', ' ')).toBe('@U1>');
  });
});

describe('settledLength', () => {
  it.each([
    ['all', 'plain text', 10],
    ['no lone <', 'a <', 2],
    ['no begun command', 'a <!', 2],
    ['no half of a character', 'a \ud83d', 2],
    ['a whole character', 'a \ud83d\ude00', 4],
  ])('%s', (_what, text, length) => {
    expect(settledLength(text)).toBe(length);
  });
});

it('mayCutAt breaks neither characters nor Slack’s syntax', () => {
  expect(mayCutAt('a😀b', 2)).toBe(false);
  expect(mayCutAt('a😀b', 3)).toBe(true);
  expect(mayCutAt('a <@U1>', 3)).toBe(false);
});

it('cardText is one line without control characters, cut at whole characters', () => {
  expect(cardText('a\n b\u0007\t c', 20)).toBe('a b c');
  expect(cardText('😀😀😀', 2)).toBe('😀…');
  expect(cardText('pay\u202efdp.exe', 20)).toBe('payfdp.exe');
});

describe('visible text', () => {
  it('of Markdown is what Slack shows of it', () => {
    expect(
      lettersOfMarkdown('## Head\n1. **one** [two](https://x.y) `three`\n```ts\nfour\n```\n:tada: 😀'),
    ).toBe('Headonetwothreefour');
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
