import { parseArgs } from 'node:util';
import { type Part, parts } from './results.ts';

export interface BenchOptions {
  parts: readonly Part[];
  /** Write the docs' table from the last results instead. */
  table: boolean;
  /** For trying: how long a load lasts, and how many turns a part has. */
  minutes?: number;
  turns?: number;
}

const USAGE = `npm run bench:relay -- [${parts.join(' ')}] [--minutes n] [--turns n]
npm run bench:relay -- table`;

/** @throws Error with what can be said */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { minutes: { type: 'string' }, turns: { type: 'string' } },
  });
  const unknown = positionals.find((word) => word !== 'table' && !parts.some((part) => part === word));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}".\n${USAGE}`);
  const named = parts.filter((part) => positionals.includes(part));
  const minutes = numberOf('minutes', values.minutes);
  const turns = numberOf('turns', values.turns);
  return {
    parts: named.length > 0 ? named : parts,
    table: positionals.includes('table'),
    ...(minutes === undefined ? {} : { minutes }),
    ...(turns === undefined ? {} : { turns }),
  };
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0.\n${USAGE}`);
  return value;
}
