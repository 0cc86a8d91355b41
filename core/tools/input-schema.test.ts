import { expect, test } from 'vitest';
import { z } from 'zod';
import { toModelTools } from '../models/model-tools.ts';
import { defineTool } from './define-tool.ts';
import { completeSchema } from './input-schema.ts';

test.each([
  ['properties null', { type: 'object', properties: null, required: null }],
  ['no properties', { type: 'object' }],
  ['nothing at all', {}],
  ['a list of properties', { properties: [], required: [] }],
])('K-41 %s becomes a schema that providers take', (_name, schema) => {
  expect(completeSchema(schema)).toEqual({ type: 'object', properties: {} });
});

test('what is there stays', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'string' } },
    required: ['a'],
    additionalProperties: false,
  };
  expect(completeSchema({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema })).toEqual(schema);
});

test('K-41 a tool without parameters is offered with an object of no properties', async () => {
  const ping = defineTool({
    name: 'ping',
    description: 'Pings.',
    input: z.object({}),
    effect: 'read',
    run: async () => 'pong',
  });
  const offered = toModelTools([ping]).ping?.inputSchema;
  expect(offered).toMatchObject({ jsonSchema: { type: 'object', properties: {} } });
});
