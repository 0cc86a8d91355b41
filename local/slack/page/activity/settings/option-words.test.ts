import { expect, test } from 'vitest';
import * as schemas from '../../../admin/schemas.ts';
import { resolveOptions } from '../../../options.ts';
import { optionGroups, optionValue } from './option-words.ts';

test('options that have a place elsewhere are left out, unknown ones come last by their names', () => {
  const groups = optionGroups({ port: 0, rateLimits: {}, somethingNewMs: 600_000, strictChunks: false });
  expect(groups).toEqual([
    { title: 'Streams', rows: [{ name: 'strictChunks', label: 'Refuse card texts over 256 characters' }] },
    { title: 'More', rows: [{ name: 'somethingNewMs', label: 'Something new ms' }] },
  ]);
});

test('every option of the simulator has words, and every choice is one that it takes', () => {
  const groups = optionGroups(resolveOptions({}));
  expect(groups.map((group) => group.title)).not.toContain('More');
  for (const { name, choices } of groups.flatMap((group) => group.rows))
    for (const choice of choices ?? [])
      expect(schemas.setOptions.safeParse({ [name]: choice }).error).toBeUndefined();
});

test.each([
  [{ name: 'a', label: '' }, 5, '7', 7],
  [{ name: 'a', label: '' }, 'total', 'idle', 'idle'],
  [{ name: 'a', label: '', nullable: true }, null, '7', 7],
  [{ name: 'a', label: '', nullable: true }, 7, ' ', null],
])('%j was %j and becomes %j', (row, before, text, value) => {
  expect(optionValue(row, before, text)).toBe(value);
});
