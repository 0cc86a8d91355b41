/**
 * Things that have no ids, keyed by their place, which is all that tells them apart: runs of a text, cells of a row.
 * A text that grows changes its last ones only.
 */
export const numbered = <T>(items: readonly T[]): { key: string; at: number; item: T }[] =>
  items.map((item, at) => ({ key: `${at}`, at, item }));
