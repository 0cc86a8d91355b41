import { describe, expect, it } from 'vitest';
import { mentions, stripMention } from './mention.ts';

describe('stripMention', () => {
  it.each([
    ['<@UBOT> what time is it?', 'what time is it?'],
    ['<@UBOT|agent> hi', 'hi'],
    ['<@UBOT>, please help', 'please help'],
    ['<@UBOT>: please help', 'please help'],
    ['hi <@UBOT>', 'hi'],
    ['hi <@UBOT>, how are you?', 'hi, how are you?'],
    ['can <@UBOT> help', 'can help'],
    ['<@UBOT> <@UBOT> hi', 'hi'],
    ['<@UBOT>\n```\n  code\n```', '```\n  code\n```'],
    ['line\n<@UBOT> next', 'line\nnext'],
    ['ask <@U2> instead, <@UBOT>', 'ask <@U2> instead,'],
    ['no mention', 'no mention'],
    ['  <@UBOT>  ', '<@UBOT>'],
  ])('%j reads %j', (text, expected) => {
    expect(stripMention(text, 'UBOT')).toBe(expected);
  });

  it('strips nothing while the own id is unknown', () => {
    expect(stripMention('<@UBOT> hi', undefined)).toBe('<@UBOT> hi');
    expect(mentions('<@UBOT> hi', undefined)).toBe(false);
  });
});
