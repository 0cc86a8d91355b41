import { isObject, type Json, type JsonObject } from '../../../json.ts';

/** Rows of a table as lists of cells. */
export function rowsOf(value: Json | undefined): JsonObject[][] {
  if (!Array.isArray(value)) return [];
  return value.map((row) => (Array.isArray(row) ? row.filter(isObject) : []));
}
