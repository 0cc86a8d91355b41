import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { ApiError } from './errors.ts';

/** What an argument must be. `json` arrives as a JSON string in forms and as a value in JSON bodies. */
export type ArgSpec = {
  type: 'string' | 'boolean' | 'integer' | 'object' | 'array';
  required?: boolean;
  /** The error for a value that cannot be read; default `invalid_arguments`. */
  error?: string;
};

export type ArgTable = Record<string, ArgSpec>;

/** Checked arguments, read by name and kind. */
export class Args {
  readonly #values: JsonObject;

  constructor(values: JsonObject) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  /** A string argument; undefined when it was not given. */
  string(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** A string that the table declares as required. */
  required(name: string): string {
    return this.string(name) ?? '';
  }

  boolean(name: string): boolean {
    return this.#values[name] === true;
  }

  integer(name: string): number | undefined {
    const value = this.#values[name];
    return typeof value === 'number' ? value : undefined;
  }

  array(name: string): Json[] | undefined {
    const value = this.#values[name];
    return Array.isArray(value) ? value : undefined;
  }

  object(name: string): JsonObject | undefined {
    const value = this.#values[name];
    return isObject(value) ? value : undefined;
  }
}

/**
 * Reads arguments by a method's table; forms carry everything as strings.
 *
 * @throws ApiError invalid_arguments with a message per fault, or the argument's own error
 */
export function readArgs(given: JsonObject, table: ArgTable): Args {
  const values: JsonObject = {};
  const messages: string[] = [];
  for (const [name, spec] of Object.entries(table)) {
    const value = given[name];
    if (value === undefined || value === null || (value === '' && spec.required)) {
      if (spec.required) messages.push(`[ERROR] missing required field: ${name}`);
      continue;
    }
    const read = convert(value, spec);
    if (read !== undefined) values[name] = read;
    else if (spec.error) throw new ApiError(spec.error);
    else messages.push(`[ERROR] must provide ${article(spec.type)} [json-pointer:/${name}]`);
  }
  if (messages.length > 0) throw ApiError.withMessages('invalid_arguments', messages);
  return new Args(values);
}

/** Names that a method's table does not have: no error of Slack, but worth telling. */
export function unknownArguments(given: JsonObject, table: ArgTable): string[] {
  return Object.keys(given).filter((name) => !Object.hasOwn(table, name));
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function convert(value: Json, { type }: ArgSpec): Json | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
    case 'boolean':
      return booleanOf(value);
    case 'integer': {
      const number = typeof value === 'string' && value !== '' ? Number(value) : value;
      return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
    }
    default: {
      const read = typeof value === 'string' ? parsed(value) : value;
      if (type === 'array') return Array.isArray(read) ? read : undefined;
      return isObject(read) ? read : undefined;
    }
  }
}

function booleanOf(value: Json): boolean | undefined {
  if (value === true || value === 'true' || value === '1' || value === 1) return true;
  return value === false || value === 'false' || value === '0' || value === 0 ? false : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
