import { expect, it } from 'vitest';
import type { Arrival } from './arrivals.ts';
import { PIECE_BYTES, pieceLetters, pieceText } from './pieces.ts';
import { type LoadMeasure, measureLoad, measureText } from './text-measure.ts';

const TURN = 7;
const letters = (...pieces: number[]): string => pieces.map((piece) => pieceLetters(TURN, piece)).join('');
/** One piece a second, from second 0 on. */
const sent = (pieces: number) => ({ turn: TURN, at: Array.from({ length: pieces }, (_, n) => n * 1_000) });

interface Case {
  name: string;
  arrivals: Arrival[];
  previews?: Arrival[];
  latencies: number[];
  lost?: number;
  doubled?: number;
}

const cases: Case[] = [
  {
    name: 'each in a call of its own',
    arrivals: [
      { at: 900, letters: letters(0) },
      { at: 3_000, letters: letters(1, 2) },
    ],
    latencies: [900, 2_000, 1_000],
  },
  {
    name: 'one that is cut has come with its end',
    arrivals: [
      { at: 2_500, letters: letters(0) + letters(1).slice(0, 5) },
      { at: 9_000, letters: letters(1).slice(5) + letters(2) },
    ],
    latencies: [2_500, 8_000, 7_000],
  },
  {
    name: 'one is lost',
    arrivals: [{ at: 4_000, letters: letters(0, 2) }],
    latencies: [4_000, 2_000],
    lost: 1,
  },
  {
    name: 'one lost half of itself',
    arrivals: [{ at: 4_000, letters: letters(0, 1) + letters(2).slice(3) }],
    latencies: [4_000, 3_000],
    lost: 1,
  },
  {
    name: 'one stands there twice',
    arrivals: [
      { at: 4_000, letters: letters(0, 1, 2) },
      { at: 5_000, letters: letters(2) },
    ],
    latencies: [4_000, 3_000, 2_000],
    doubled: 1,
  },
  {
    name: 'another turn’s text counts for nothing',
    arrivals: [{ at: 4_000, letters: letters(0, 1, 2) + pieceLetters(8, 1) }],
    latencies: [4_000, 3_000, 2_000],
  },
  {
    name: 'some could be read before',
    arrivals: [{ at: 9_000, letters: letters(0, 1, 2) }],
    previews: [
      { at: 1_500, letters: letters(0, 1) },
      { at: 3_000, letters: letters(0, 1, 2) },
    ],
    latencies: [1_500, 500, 1_000],
  },
  {
    name: 'what could be read before must come for good',
    arrivals: [{ at: 9_000, letters: letters(0, 1) }],
    previews: [{ at: 3_000, letters: letters(0, 1, 2) }],
    latencies: [3_000, 2_000],
    lost: 1,
  },
  { name: 'nothing came', arrivals: [], latencies: [], lost: 3 },
];

it.each(cases)('finds what was sent: $name', ({ arrivals, previews, latencies, lost = 0, doubled = 0 }) => {
  expect(measureText(sent(3), arrivals, previews)).toEqual({
    latencies,
    sent: 3 * PIECE_BYTES,
    lost: lost * PIECE_BYTES,
    doubled: doubled * PIECE_BYTES,
  });
});

it('puts turns together, each with the same weight in the fairness', () => {
  const measured = measureLoad([
    { latencies: [100, 100, 100, 100], sent: 75, lost: 15, doubled: 0 },
    { latencies: [300], sent: 15, lost: 0, doubled: 30 },
  ]);
  const expected: LoadMeasure = {
    meanMs: 140,
    p50Ms: 100,
    p95Ms: 300,
    worstMs: 300,
    fairness: 3,
    sent: 90,
    lost: 15,
    doubled: 30,
  };
  expect(measured).toEqual(expected);
});

it('pieces have 15 bytes, and as letters no two are alike', () => {
  const pieces = Array.from({ length: 500 }, (_, n) => n);
  expect(pieces.every((n) => Buffer.byteLength(pieceText(3, n)) === PIECE_BYTES)).toBe(true);
  expect(new Set(pieces.map((n) => pieceLetters(3, n))).size).toBe(500);
});
