import type { JsonObject } from '../json.ts';
import type { Surface } from './surfaces.ts';

/** One rule of the Block Kit table. `Shape` members are rules; a member is required unless it is `optional`. */
export type Rule =
  | { kind: 'string'; min?: number; max?: number; oneOf?: readonly string[]; format?: Format }
  | { kind: 'number'; min?: number; max?: number; integer?: boolean; above?: number }
  | { kind: 'boolean' }
  | { kind: 'any' }
  | { kind: 'array'; of: Rule; min?: number; max?: number }
  | ObjectRule
  /** An object told apart by its `type`; `noun` names it in the message for a type that is not listed. */
  | { kind: 'typed'; noun: string; of: () => Record<string, ObjectRule> };

export type ObjectRule = {
  kind: 'object';
  shape: Shape;
  check?: Check;
  /** Where an object of this type can stand; undefined = on every surface. */
  surfaces?: readonly Surface[];
};

export type Shape = Record<string, Rule | { optional: Rule }>;

/** A form that a string must have, and the words for one that has not. */
export type Format = { test: (value: string) => boolean; message: string };

/** What a rule between members found; `at` is a pointer below the object. */
export type Problem = { message: string; at?: string };

/** A rule between members of one object whose members are good: returns what is wrong, or undefined. */
export type Check = (value: JsonObject) => string | Problem | undefined;

export const string = (max?: number, min = 1): Rule => ({ kind: 'string', min, ...(max ? { max } : {}) });
export const formatted = (test: (value: string) => boolean, message: string): Rule => ({
  kind: 'string',
  min: 1,
  format: { test, message },
});
export const oneOf = (...values: string[]): Rule => ({ kind: 'string', oneOf: values });
export const boolean: Rule = { kind: 'boolean' };
export const anything: Rule = { kind: 'any' };
export const number = (min?: number, max?: number): Rule => ({
  kind: 'number',
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
export const integer = (min?: number, max?: number): Rule => ({
  kind: 'number',
  integer: true,
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
/** A number greater than a bound that is itself excluded. */
export const above = (bound: number): Rule => ({ kind: 'number', above: bound });
export const array = (of: Rule, max?: number, min = 1): Rule => ({
  kind: 'array',
  of,
  min,
  ...(max ? { max } : {}),
});
export const object = (shape: Shape, check?: Check, surfaces?: readonly Surface[]): ObjectRule => ({
  kind: 'object',
  shape,
  ...(check ? { check } : {}),
  ...(surfaces ? { surfaces } : {}),
});
export const typed = (noun: string, of: () => Record<string, ObjectRule>): Rule => ({
  kind: 'typed',
  noun,
  of,
});
export const optional = (rule: Rule): { optional: Rule } => ({ optional: rule });

/** The first problem that several checks find. */
export const all =
  (...checks: Check[]): Check =>
  (value) => {
    for (const one of checks) {
      const problem = one(value);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };

/** Whether an object has any of these members; null counts as absent, as in shapes. */
export const has = (value: JsonObject, ...names: string[]): boolean =>
  names.some((name) => value[name] !== undefined && value[name] !== null);

/** Exactly one of these members. */
export const exactlyOne =
  (...names: string[]): Check =>
  (value) =>
    names.filter((name) => has(value, name)).length === 1
      ? undefined
      : `must provide exactly one of: ${names.join(', ')}`;
