import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local/places.ts';

/** The parts of the bench, in the order in which they run and are told. */
export const parts = ['peer', 'load', 'alone', 'bursts', 'faults', 'long'] as const;
export type Part = (typeof parts)[number];

/** One figure. */
export interface Row {
  what: string;
  /** What it must reach; absent where nothing is asked. */
  asked?: string;
  measured: string;
  /** Whether it does; absent where nothing is asked. */
  ok?: boolean;
}

export interface PartResult {
  part: Part;
  /** How it was measured, in a sentence or two. */
  how: string;
  /** Whether it ran at full length: only then its figures are for the docs. */
  full: boolean;
  rows: Row[];
  /** What went wrong, as sentences. */
  wrongs: string[];
}

export const stateDirName = 'bench-relay';
const fileOf = (part: Part): string => join(projectRoot, '.local', stateDirName, `${part}.json`);

export function saveResult(result: PartResult): void {
  mkdirSync(join(projectRoot, '.local', stateDirName), { recursive: true });
  writeFileSync(fileOf(result.part), `${JSON.stringify(result, null, 2)}\n`);
}

/** What the last run of a part gave; undefined when there was none. */
export function loadResult(part: Part): PartResult | undefined {
  return existsSync(fileOf(part))
    ? (JSON.parse(readFileSync(fileOf(part), 'utf8')) as PartResult)
    : undefined;
}

/** Whether a part reached what was asked of it. */
export const reached = ({ rows, wrongs }: PartResult): boolean =>
  wrongs.length === 0 && rows.every(({ ok }) => ok !== false);

/** A part's rows as a table in Markdown. */
export function tableOf({ rows }: Pick<PartResult, 'rows'>): string {
  return [
    '| what | asked | measured | |',
    '|---|---|---|---|',
    ...rows.map(
      ({ what, asked, measured, ok }) =>
        `| ${what} | ${asked ?? ''} | ${measured} | ${ok === undefined ? '' : ok ? 'reached' : '**missed**'} |`,
    ),
  ].join('\n');
}

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

export const listOf = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, times]) => `${name} ${times}`)
    .join(', ') || 'none';

/** All of them together, and each. */
export function countsTold(counts: ReadonlyMap<string, number>): string {
  const all = [...counts.values()].reduce((sum, times) => sum + times, 0);
  return all === 0 ? '0' : `${all} (${listOf(counts)})`;
}
