import { isObject, type Json, type JsonObject } from '../../json.ts';

/** Reading members of stored blocks: what is not of the expected kind counts as absent. */

export const wordOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export const objectOf = (value: Json | undefined): JsonObject | undefined =>
  isObject(value) ? value : undefined;

export const objectsOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const wordsOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** The words of a text object, as they stand. */
export const plainOf = (value: Json | undefined): string => wordOf(objectOf(value)?.text);

/** A number, or what it says as text; `otherwise` when it is neither. */
export function numberOf(value: Json | undefined, otherwise: number): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : otherwise;
}
