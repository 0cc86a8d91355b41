import { describe, expect, it } from 'vitest';
import { batchOf, chunkItem, piecesOf, shownValue } from './chunk-item.ts';
import type { StreamChunk } from './chunks.ts';

const delta = (length: number, letter = 'x'): StreamChunk => ({
  type: 'text-delta',
  id: '0',
  delta: letter.repeat(length),
});
const bytes = (chunks: unknown) => Buffer.byteLength(JSON.stringify(chunks));

const textOf = (chunks: StreamChunk[]) =>
  chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');

describe('piecesOf', () => {
  it.each([
    ['nothing', [], 0],
    ['what is small', [delta(10), delta(20), delta(30)], 1],
    ['what fills two pieces', [delta(60_000), delta(30_000), delta(60_000)], 2],
    ['one chunk that is larger than an item', [delta(10), delta(900_000), delta(10)], 10],
    ['letters of three bytes', [delta(30_000, '€'), delta(30_000, '€')], 2],
  ])('parts %s', (_, chunks, least) => {
    const pieces = piecesOf(chunks);
    expect(pieces.length).toBeGreaterThanOrEqual(least);
    expect(pieces.length).toBeLessThanOrEqual(Math.max(least * 2, 1) - (least === 0 ? 1 : 0));
    expect(textOf(pieces.flat())).toBe(textOf(chunks));
    for (const piece of pieces) expect(bytes(piece)).toBeLessThan(110_000);
  });

  it('keeps small chunks as they are', () => {
    const chunks = [delta(10), delta(20_000)];
    expect(piecesOf(chunks)).toEqual([chunks]);
  });

  it('parts a long text between characters', () => {
    const pieces = piecesOf([delta(30_001, '😀')]);
    for (const chunk of pieces.flat())
      expect(chunk.type === 'text-delta' && chunk.delta.isWellFormed()).toBe(true);
  });

  it('keeps each piece far below an item’s 400 KB, however many there are', () => {
    const pieces = piecesOf(Array.from({ length: 300 }, (_, n) => delta(n * 50)));
    expect(pieces.length).toBeGreaterThan(20);
    for (const piece of pieces) expect(bytes(piece)).toBeLessThan(110_000);
  });
});

describe('shownValue', () => {
  it.each([
    ['a small object', { name: 'report', pages: 3 }],
    ['a number beyond 64 bits', 1e300],
    ['nothing', null],
    ['no result at all', undefined],
    ['a text that just fits', 'x'.repeat(15_998)],
  ])('leaves %s as it is', (_, value) => {
    expect(shownValue(value)).toBe(value);
  });

  it.each([
    ['a text', 'x'.repeat(15_999), `${'x'.repeat(1_000)}…`],
    ['a text of emoji', 'a😀'.repeat(6_000), `${'a😀'.repeat(333)}a…`],
    [
      'a long field',
      { title: 'Report', body: 'y'.repeat(20_000) },
      { title: 'Report', body: `${'y'.repeat(1_000)}…` },
    ],
    ['a long list', Array.from({ length: 9_000 }, (_, n) => n), Array.from({ length: 20 }, (_, n) => n)],
  ])('cuts %s where it is long', (_, value, expected) => {
    expect(shownValue(value)).toEqual(expected);
  });

  it('is small whatever it is given', () => {
    const wide = (level: number): unknown =>
      level === 0 ? 'z'.repeat(5_000) : Array.from({ length: 30 }, () => wide(level - 1));
    for (const value of [wide(3), { deep: wide(2), deeper: [[[[[[[[wide(1)]]]]]]]] }])
      expect(bytes(shownValue(value))).toBeLessThanOrEqual(16_000);
  });

  const many = <T>(length: number, one: (n: number) => T): T[] => Array.from({ length }, (_, n) => one(n));
  it.each<[string, unknown]>([
    ['a list of large entries', many(50, (n) => ({ n, body: 'x'.repeat(5_000), notes: many(40, String) }))],
    ['many large fields', Object.fromEntries(many(50, (n) => [`field${n}`, 'y'.repeat(5_000)]))],
    [
      'large fields of large fields',
      { a: Object.fromEntries(many(30, (n) => [n, many(30, () => '€'.repeat(900))])) },
    ],
    ['names without end', Object.fromEntries(many(40, (n) => [`${n}${'\u0001'.repeat(9_000)}`, n]))],
    [
      'what takes most bytes of JSON',
      Object.fromEntries(many(40, (n) => [`${n}${'\u0001'.repeat(9_000)}`, '\ud800'.repeat(9_000)])),
    ],
  ])('G-18 stays a value of its kind, for cards show no JSON: %s', (_, value) => {
    const shown = shownValue(value);
    expect(bytes(shown)).toBeLessThanOrEqual(16_000);
    expect(Array.isArray(shown)).toBe(Array.isArray(value));
    expect(shown).toBeTypeOf('object');
    expect(Object.keys(shown ?? {}).length).toBeGreaterThanOrEqual(
      Math.min(10, Object.keys(value ?? {}).length),
    );
  });
});

it('an item gives back the batch it was made of, whatever tools and models wrote', () => {
  const chunks: StreamChunk[] = [
    { type: 'tool-output-available', toolCallId: 'c', output: { id: 2 ** 60, large: 1e300, none: null } },
    delta(3),
  ];
  const item = chunkItem('T1', { fence: 2, seq: 7 }, chunks, 1_000);
  expect(batchOf(item)).toEqual({ fence: 2, seq: 7, chunks, at: 1_000 });
});
