import { headOf, withoutInvisible } from '../core/text.ts';

/**
 * Text of strangers on one line of a terminal: without control characters, which a terminal obeys, and without
 * marks that make it read differently from what it says.
 *
 * @param length at most so many characters
 */
export function lineOf(text: string, length: number): string {
  const line = withoutInvisible(text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '')).trim();
  return line.length <= length ? line : `${headOf(line, length - 1)}…`;
}

/** A time in UTC, to the second. */
export function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** Rows under each other, columns aligned; the last one is as long as it is. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
