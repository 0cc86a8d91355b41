import { describe, expect, it } from 'vitest';
import { type DoorDefinition, defineDoors, doorOf } from './doors.ts';

describe('defineDoors', () => {
  it('queues and knows no stop word unless told otherwise', () => {
    const [door] = defineDoors({ helper: {} });
    expect(door).toMatchObject({ agent: 'helper', whileBusy: 'queue', display: {} });
    expect(door.isStopWord('stop')).toBe(false);
    expect(door.isStopWord('')).toBe(false);
  });

  it('keeps the order: the first is the default, also for an agent that is gone', () => {
    const doors = defineDoors({ helper: { whileBusy: 'steer' }, second: { whileBusy: 'interrupt' } });
    expect(doors.map(({ agent }) => agent)).toEqual(['helper', 'second']);
    expect(doorOf(doors, 'second').whileBusy).toBe('interrupt');
    expect(doorOf(doors, 'gone').whileBusy).toBe('steer');
  });

  it.each<[string, Record<string, DoorDefinition>, RegExp]>([
    ['no door', {}, /at least one door/],
    [
      'an unknown mode',
      { a: { whileBusy: 'drop' as 'queue' } },
      /agent `a`: whileBusy is `drop`; it must be queue, steer, interrupt/,
    ],
    [
      'an unknown option',
      { a: { stopwords: [] } as DoorDefinition },
      /`stopwords` is no option of a door\. There are whileBusy, stopWords, display/,
    ],
    [
      'a display that is none',
      { a: { display: { surface: 'stream' as 'plan' } } },
      /agent `a`: `display.surface` must be plan, timeline or final/,
    ],
    ['a stop word without a letter', { a: { stopWords: ['stop', ' … !'] } }, /has no letter or digit/],
    ['a stop word that is too long', { a: { stopWords: ['x'.repeat(41)] } }, /longer than 40 characters/],
    [
      'too many stop words',
      { a: { stopWords: Array.from({ length: 21 }, (_, n) => `word ${n}`) } },
      /21 stop words, at most 20/,
    ],
  ])('refuses %s', (_, definitions, says) => {
    expect(() => defineDoors(definitions)).toThrow(says);
  });
});

describe('stop words', () => {
  const [door] = defineDoors({ a: { stopWords: ['stop', 'Stop it', '停止', "don't"] } });

  it.each([
    'stop',
    'STOP',
    ' Stop! ',
    'stop.',
    '“stop”',
    'stop 🛑',
    '*stop*',
    'stop\u200b',
    'ＳＴＯＰ',
    'stop   it',
    'stop\nit!!!',
    '停止。',
    'dont',
  ])('%j stops', (text) => {
    expect(door.isStopWord(text)).toBe(true);
  });

  it.each([
    'stop the deployment',
    'please stop',
    'nonstop',
    'stopit',
    '',
    '!',
    'is there a bus stop?',
    `stop${'!'.repeat(300)}`,
  ])('%j is an ordinary message', (text) => {
    expect(door.isStopWord(text)).toBe(false);
  });
});
