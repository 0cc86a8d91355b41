import type { JsonObject } from '../json.ts';

/** One rule of the Block Kit table. `Shape` members are rules; a member is required unless it is `optional`. */
export type Rule =
  | { kind: 'string'; min?: number; max?: number; oneOf?: readonly string[]; pattern?: RegExp }
  | { kind: 'number'; min?: number; max?: number }
  | { kind: 'boolean' }
  | { kind: 'any' }
  | { kind: 'array'; of: Rule; min?: number; max?: number }
  | { kind: 'object'; shape: Shape; check?: Check }
  /** An object told apart by its `type`; `noun` names it in the message for a type that is not listed. */
  | { kind: 'typed'; noun: string; of: () => Record<string, ObjectRule> };

export type ObjectRule = Extract<Rule, { kind: 'object' }>;
export type Shape = Record<string, Rule | { optional: Rule }>;
/** A rule between members of one object: returns a message, or undefined when it holds. */
export type Check = (value: JsonObject) => string | undefined;

export const string = (max?: number, min = 1): Rule => ({ kind: 'string', min, ...(max ? { max } : {}) });
export const oneOf = (...values: string[]): Rule => ({ kind: 'string', oneOf: values });
export const boolean: Rule = { kind: 'boolean' };
export const anything: Rule = { kind: 'any' };
export const number = (min?: number, max?: number): Rule => ({
  kind: 'number',
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
export const array = (of: Rule, max?: number, min = 1): Rule => ({
  kind: 'array',
  of,
  min,
  ...(max ? { max } : {}),
});
export const object = (shape: Shape, check?: Check): ObjectRule => ({
  kind: 'object',
  shape,
  ...(check ? { check } : {}),
});
export const typed = (noun: string, of: () => Record<string, ObjectRule>): Rule => ({
  kind: 'typed',
  noun,
  of,
});
export const optional = (rule: Rule): { optional: Rule } => ({ optional: rule });
