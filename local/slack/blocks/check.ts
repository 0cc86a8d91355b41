import { isObject, type Json } from '../json.ts';
import type { ObjectRule, Rule } from './rules.ts';

/** What is wrong with a payload, and where: Slack's wording and a JSON pointer (§3). */
export type Fault = { message: string; pointer: string };

/** Checks a value against a rule; returns every fault found, in document order. */
export function check(value: Json | undefined, rule: Rule, pointer: string): Fault[] {
  const fault = (message: string): Fault[] => [{ message, pointer }];
  switch (rule.kind) {
    case 'any':
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : fault('must be a boolean');
    case 'number':
      if (typeof value !== 'number') return fault('must be a number');
      if (rule.max !== undefined && value > rule.max)
        return fault(`must be less than or equal to ${rule.max}`);
      return rule.min !== undefined && value < rule.min
        ? fault(`must be greater than or equal to ${rule.min}`)
        : [];
    case 'string':
      return checkString(value, rule).flatMap(fault);
    case 'array':
      return checkArray(value, rule, pointer);
    case 'object':
      return checkObject(value, rule, pointer);
    case 'typed': {
      if (!isObject(value)) return fault('must be an object');
      const found = typeof value.type === 'string' ? rule.of()[value.type] : undefined;
      if (found) return checkObject(value, found, pointer);
      return value.type === undefined
        ? fault('missing required field: type')
        : [{ message: `unsupported ${rule.noun}: ${String(value.type)}`, pointer: `${pointer}/type` }];
    }
  }
}

function checkString(value: Json | undefined, rule: Extract<Rule, { kind: 'string' }>): string[] {
  if (typeof value !== 'string') return ['must provide a string'];
  if (rule.oneOf) return rule.oneOf.includes(value) ? [] : [`must be one of: ${rule.oneOf.join(', ')}`];
  if (value.length < (rule.min ?? 0)) return [`must be more than ${(rule.min ?? 1) - 1} characters`];
  if (rule.max !== undefined && value.length > rule.max)
    return [`must be less than ${rule.max + 1} characters`];
  return rule.pattern && !rule.pattern.test(value) ? ['does not match the expected format'] : [];
}

function checkArray(
  value: Json | undefined,
  rule: Extract<Rule, { kind: 'array' }>,
  pointer: string,
): Fault[] {
  if (!Array.isArray(value)) return [{ message: 'must be an array', pointer }];
  if (value.length < (rule.min ?? 0)) return [{ message: `no less than ${rule.min} items allowed`, pointer }];
  if (rule.max !== undefined && value.length > rule.max) {
    return [{ message: `no more than ${rule.max} items allowed`, pointer }];
  }
  return value.flatMap((item, at) => check(item, rule.of, `${pointer}/${at}`));
}

function checkObject(value: Json | undefined, rule: ObjectRule, pointer: string): Fault[] {
  if (!isObject(value)) return [{ message: 'must be an object', pointer }];
  const faults: Fault[] = [];
  for (const [name, member] of Object.entries(rule.shape)) {
    const given = value[name];
    const isOptional = 'optional' in member;
    if (given === undefined || given === null) {
      if (!isOptional) faults.push({ message: `missing required field: ${name}`, pointer });
    } else faults.push(...check(given, isOptional ? member.optional : member, `${pointer}/${name}`));
  }
  for (const name of Object.keys(value)) {
    if (!(name in rule.shape)) faults.push({ message: `invalid additional property: ${name}`, pointer });
  }
  const whole = rule.check?.(value);
  return whole === undefined ? faults : [...faults, { message: whole, pointer }];
}
