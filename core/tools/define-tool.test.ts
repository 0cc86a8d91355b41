import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineTool, type ToolDefinition } from './define-tool.ts';
import { parseInput } from './parse-input.ts';

const input = z.object({ city: z.string().describe('Where'), days: z.number().int().default(1) });

function define(overrides: Partial<ToolDefinition<z.ZodType>> = {}) {
  return defineTool({
    name: 'get_weather',
    description: ' Tells the weather. ',
    input,
    effect: 'read',
    run: async () => 'sunny',
    ...overrides,
  });
}

test('defaults: a title in words, one minute, not idempotent', () => {
  expect(define()).toMatchObject({
    name: 'get_weather',
    title: 'Get weather',
    description: 'Tells the weather.',
    timeoutMs: 60_000,
    idempotent: false,
    effect: 'read',
  });
});

test('the input as JSON Schema; what has a default may be left out', () => {
  expect(define().inputSchema).toEqual({
    type: 'object',
    properties: {
      city: { type: 'string', description: 'Where' },
      days: expect.objectContaining({ type: 'integer', default: 1 }),
    },
    required: ['city'],
  });
});

test('K-41 a tool without arguments still has a schema that providers take', () => {
  expect(define({ input: z.object({}) }).inputSchema).toMatchObject({ type: 'object', properties: {} });
  expect(define({ input: z.looseObject({}) }).inputSchema).toMatchObject({ type: 'object', properties: {} });
});

test.each<[string, Partial<ToolDefinition<z.ZodType>>, RegExp]>([
  ['a name with a hyphen', { name: 'get-weather' }, /letters, digits and `_`/],
  ['a name that begins with a digit', { name: '1st' }, /begin with a letter/],
  ['a name that is too long', { name: 'a'.repeat(65) }, /at most 64/],
  ['no description', { description: ' ' }, /needs a description/],
  ['more than ten minutes', { timeoutMs: 600_001 }, /600000 \(ten minutes\)/],
  ['no time at all', { timeoutMs: 0 }, /timeoutMs/],
  ['half a millisecond', { timeoutMs: 0.5 }, /timeoutMs/],
  ['an input that is no object', { input: z.string() }, /must be an object/],
  ['an input that JSON cannot say', { input: z.object({ at: z.date() }) }, /cannot be told to a model/],
])('%s is refused with a sentence', (_name, overrides, message) => {
  expect(() => define(overrides)).toThrow(message);
});

test('what TypeScript would refuse is refused at run time as well', () => {
  const loose = (extra: object) => () => define(extra);
  expect(loose({ effect: 'harmless' })).toThrow(/one of read, internal_write, customer_facing/);
  expect(loose({ timeout: 5 })).toThrow(/no field `timeout`; there are name, .*timeoutMs/);
});

test('the preview is the tool’s own, or the arguments as they are', () => {
  expect(define().preview({ city: 'Bern', days: 3 })).toEqual([
    { label: 'City', value: 'Bern' },
    { label: 'Days', value: '3' },
  ]);
  const own = define({ preview: () => [{ label: 'Where', value: 'there' }] });
  expect(own.preview({ city: 'Bern' })).toEqual([{ label: 'Where', value: 'there' }]);
  // An approver sees what was asked for, also when it would not pass.
  expect(own.preview({ town: 'Bern' })).toEqual([{ label: 'Town', value: 'Bern' }]);
});

test('parseInput gives checked input, or what the model needs to correct itself', () => {
  expect(parseInput(define(), { city: 'Bern' })).toEqual({ ok: true, value: { city: 'Bern', days: 1 } });
  expect(parseInput(define(), { days: 1.5 })).toEqual({
    ok: false,
    text: expect.stringMatching(/^The arguments of get_weather are wrong.*city: .*; days: .* Correct them/),
  });
});
