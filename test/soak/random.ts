import { createHash } from 'node:crypto';

/** Numbers that follow from a seed alone. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** A generator for each name: what one part of a soak draws changes nothing for the others. */
export function randomFrom(...name: readonly (string | number)[]): Random {
  let state = createHash('sha256').update(JSON.stringify(name)).digest().readUInt32LE(0);
  // mulberry32: 32 bits of state, even enough for choosing faults.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
  };
}
