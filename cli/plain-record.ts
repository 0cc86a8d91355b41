import type { Key } from '../core/store/keys.ts';

/** A record without the table's own keys, as commands print it. */
export function plainRecord<T extends object>(record: T): Omit<T, keyof Key> {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !/^(pk|sk|gsi\d[ps]k)$/.test(name)),
  ) as Omit<T, keyof Key>;
}
