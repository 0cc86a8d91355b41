import { toJSONSchema, type z } from 'zod';

/** A JSON Schema (draft 7) of an object. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/**
 * A tool's input as JSON Schema, as models are told of it. It always has `type: "object"` and `properties`, also
 * when the tool takes nothing: providers refuse anything less (case K-41).
 *
 * @throws Error when the input is no object or holds what JSON cannot say (dates, maps, functions)
 */
export function inputSchemaOf(toolName: string, input: z.ZodType): InputSchema {
  const schema = convert(toolName, input);
  if (schema.type !== 'object')
    throw new Error(`Tool \`${toolName}\`: its input must be an object, such as z.object({ … }).`);
  return completeSchema(schema);
}

/** An object's JSON Schema with what providers insist on, whatever stood in its place: nothing, or `null`. */
export function completeSchema(schema: Readonly<Record<string, unknown>>): InputSchema {
  const { $schema: _, properties, required, ...rest } = schema;
  return {
    ...rest,
    type: 'object',
    properties: isObject(properties) ? properties : {},
    ...(Array.isArray(required) && required.length > 0 ? { required } : {}),
  };
}

function convert(toolName: string, input: z.ZodType): Record<string, unknown> {
  try {
    return { ...toJSONSchema(input, { target: 'draft-7', io: 'input' }) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(`Tool \`${toolName}\`: its input cannot be told to a model as JSON Schema (${detail}).`, {
      cause: error,
    });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
