import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ObjectRule, Problem, Rule } from './rules.ts';
import type { Surface } from './surfaces.ts';

/**
 * What is wrong with a payload, and where: Slack's wording and a JSON pointer (§3). `constraint` is the broken rule for
 * machines, as blocks.validate gives it.
 */
export type Fault = { message: string; pointer: string; constraint?: JsonObject };

/** What Slack's messages call any of the multi-selects (§3.1 actions). */
const MULTI_SELECT = 'multiselect';

/** A rule and what it is checked against. */
type Place<R extends Rule> = { rule: R; pointer: string; surface: Surface | undefined };
type Of<K extends Rule['kind']> = Place<Extract<Rule, { kind: K }>>;

/**
 * Checks a value against a rule; returns every fault found, in document order.
 *
 * @param surface what is allowed only elsewhere is refused; undefined allows what any surface allows
 */
export function check(value: Json | undefined, rule: Rule, pointer: string, surface?: Surface): Fault[] {
  switch (rule.kind) {
    case 'any':
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType('must be a boolean', pointer, 'boolean')];
    case 'number':
      return checkNumber(value, { rule, pointer, surface });
    case 'string':
      return checkString(value, { rule, pointer, surface });
    case 'array':
      return checkArray(value, { rule, pointer, surface });
    case 'object':
      return checkObject(value, { rule, pointer, surface });
    case 'typed':
      return checkTyped(value, { rule, pointer, surface });
  }
}

function wrongType(message: string, pointer: string, expected: string): Fault {
  return { message, pointer, constraint: { type: 'type', expected } };
}

function limit(message: string, pointer: string, type: string, expected: Json): Fault[] {
  return [{ message, pointer, constraint: { type, expected } }];
}

function checkNumber(value: Json | undefined, { rule, pointer }: Of<'number'>): Fault[] {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return [wrongType('must be a number', pointer, 'number')];
  if (rule.integer && !Number.isInteger(value)) return [wrongType('must be an integer', pointer, 'integer')];
  if (rule.max !== undefined && value > rule.max)
    return limit(`must be less than or equal to ${rule.max}`, pointer, 'maximum', rule.max);
  if (rule.min !== undefined && value < rule.min)
    return limit(`must be greater than or equal to ${rule.min}`, pointer, 'minimum', rule.min);
  return rule.above !== undefined && value <= rule.above
    ? limit(`must be greater than ${rule.above}`, pointer, 'exclusive_minimum', rule.above)
    : [];
}

function checkString(value: Json | undefined, { rule, pointer }: Of<'string'>): Fault[] {
  if (typeof value !== 'string') return [wrongType('must provide a string', pointer, 'string')];
  const { min, max, oneOf, format } = rule;
  if (oneOf) {
    if (oneOf.includes(value)) return [];
    const constraint = { type: 'enum', expected: [...oneOf], got: value };
    return [{ message: `must be one of: ${oneOf.join(', ')}`, pointer, constraint }];
  }
  if (min !== undefined && value.length < min)
    return limit(`must be more than ${min - 1} characters`, pointer, 'min_length', min);
  if (max !== undefined && value.length > max)
    return limit(`must be less than ${max + 1} characters`, pointer, 'max_length', max);
  return format && !format.test(value) ? limit(format.message, pointer, 'format', format.message) : [];
}

function checkArray(value: Json | undefined, { rule, pointer, surface }: Of<'array'>): Fault[] {
  if (!Array.isArray(value)) return [wrongType('must be an array', pointer, 'array')];
  const { min, max } = rule;
  if (min !== undefined && value.length < min)
    return limit(`no less than ${min} items allowed`, pointer, 'min_items', min);
  if (max !== undefined && value.length > max)
    return limit(`no more than ${max} items allowed`, pointer, 'max_items', max);
  return value.flatMap((item, at) => check(item, rule.of, `${pointer}/${at}`, surface));
}

function checkTyped(value: Json | undefined, { rule, pointer, surface }: Of<'typed'>): Fault[] {
  if (!isObject(value)) return [wrongType('must be an object', pointer, 'object')];
  if (value.type === undefined || value.type === null) return [missing('type', pointer)];
  const rules = rule.of();
  const fits = ({ surfaces }: ObjectRule) => !surface || !surfaces || surfaces.includes(surface);
  const found =
    typeof value.type === 'string' && Object.hasOwn(rules, value.type) ? rules[value.type] : undefined;
  if (found && fits(found)) return checkObject(value, { rule: found, pointer, surface });
  const expected = Object.entries(rules).filter(([, one]) => fits(one));
  const got = typeof value.type === 'string' ? value.type : JSON.stringify(value.type);
  return [
    {
      message: `unsupported ${rule.noun}: ${got.startsWith('multi_') ? MULTI_SELECT : got}`,
      pointer: `${pointer}/type`,
      constraint: { type: 'enum', expected: expected.map(([name]) => name), got },
    },
  ];
}

function missing(name: string, pointer: string): Fault {
  return {
    message: `missing required field: ${name}`,
    pointer,
    constraint: { type: 'required', expected: name },
  };
}

function checkObject(value: Json | undefined, { rule, pointer, surface }: Place<ObjectRule>): Fault[] {
  if (!isObject(value)) return [wrongType('must be an object', pointer, 'object')];
  const faults: Fault[] = [];
  for (const [name, member] of Object.entries(rule.shape)) {
    const given = value[name];
    const isOptional = 'optional' in member;
    if (given === undefined || given === null) {
      if (!isOptional) faults.push(missing(name, pointer));
    } else {
      faults.push(...check(given, isOptional ? member.optional : member, `${pointer}/${name}`, surface));
    }
  }
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(rule.shape, name)) continue;
    const constraint = { type: 'additional_property', got: name };
    faults.push({ message: `invalid additional property: ${name}`, pointer, constraint });
  }
  // Rules between members read them as what they should be, so they come only when all of them are.
  if (faults.length > 0) return faults;
  const problem = rule.check?.(value);
  return problem === undefined ? [] : [between(problem, pointer)];
}

function between(problem: string | Problem, pointer: string): Fault {
  const { message, at = '' } = typeof problem === 'string' ? { message: problem } : problem;
  return { message, pointer: pointer + at, constraint: { type: 'rule', expected: message } };
}
