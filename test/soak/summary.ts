import type { SoakReport } from './deployed.ts';

export interface SoakSummary extends SoakReport {
  seed: number;
  faults: ReadonlyMap<string, number>;
  /** Effects that were had. */
  effects: number;
  seconds: number;
}

const rows = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, times]) => `| ${name} | ${times} |`);

/** What a soak came to, in Markdown. */
export function summary({ seed, ends, faults, effects, repeated, violations, seconds }: SoakSummary): string {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [
    `\n### Soak of ${ends.length} turns, seed ${seed}, ${seconds.toFixed(0)} s\n`,
    '| turns that ended | count |\n|---|---|',
    ...rows(counts),
    '',
    '| fault | times |\n|---|---|',
    ...rows(faults),
    '',
    `${effects} effects were had, ${repeated} answers were shown whole, undone by a crash and shown again.`,
    violations.length === 0 ? 'No violation.' : `\n**${violations.length} violations**\n`,
    ...violations.map((violation) => `- ${violation}`),
  ].join('\n');
}
