import { describe, expect, it } from 'vitest';
import { batchOf, chunkItem, piecesOf, shownValue } from './chunk-item.ts';
import type { StreamChunk } from './chunks.ts';

const delta = (length: number, letter = 'x'): StreamChunk => ({
  type: 'text-delta',
  id: '0',
  delta: letter.repeat(length),
});
const bytes = (chunks: unknown) => Buffer.byteLength(JSON.stringify(chunks));

describe('piecesOf', () => {
  it.each([
    ['nothing', [], []],
    ['what is small', [delta(10), delta(20), delta(30)], [3]],
    ['what fills two pieces', [delta(60_000), delta(30_000), delta(60_000)], [2, 1]],
    ['one chunk that is larger than a piece', [delta(10), delta(150_000), delta(10)], [1, 1, 1]],
    ['letters of three bytes', [delta(30_000, '€'), delta(30_000, '€')], [1, 1]],
  ])('parts %s', (_, chunks, lengths) => {
    const pieces = piecesOf(chunks);
    expect(pieces.map((piece) => piece.length)).toEqual(lengths);
    expect(pieces.flat()).toEqual(chunks);
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
    ['a text', 'x'.repeat(15_999)],
    ['a text whose letters have three bytes', '€'.repeat(6_000)],
    ['a text of quotes, which JSON doubles', '"'.repeat(200_000)],
    ['an object', { rows: Array.from({ length: 5_000 }, (_, id) => ({ id })) }],
  ])('shows the beginning of %s that is large', (_, value) => {
    const shown = shownValue(value);
    expect(shown).toMatch(/…$/);
    expect(bytes(shown)).toBeLessThanOrEqual(16_000);
    expect(JSON.stringify(value).startsWith(String(shown).slice(0, -1))).toBe(true);
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
