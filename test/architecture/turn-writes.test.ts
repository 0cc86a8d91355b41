import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readStatesDocument, withStatesTable } from '../support/turn-states.ts';
import { root, sourceFiles } from './read-imports.ts';

it('docs/turn-states.md is what the table says: `npm run docs:states` writes it anew', () => {
  const document = readStatesDocument();
  expect(withStatesTable(document)).toBe(document);
});

/** Where a turn's record is written, and what stands behind its key up to the end of that write. */
function turnWrites(): { file: string; write: string; put: boolean }[] {
  const files = sourceFiles().filter((file) => /^(core|functions|cli|agents)\//.test(file));
  return files
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      return [...source.matchAll(/(?:key: |put: \{ \.\.\.)keys\.turn\(/g)].map(({ index, 0: found }) => ({
        file,
        put: found.startsWith('put'),
        write: source.slice(index, source.indexOf('\n\n', index)),
      }));
    });
}

it('82 every write of a turn’s record carries an event’s condition, or makes a new one', () => {
  const writes = turnWrites();
  expect(writes.length).toBeGreaterThan(8);
  const unguarded = writes.filter(({ write, put }) =>
    put ? !/^[^\n]*condition: absent/.test(write) : !/condition: (transition|event)Condition\(/.test(write),
  );
  expect(unguarded).toEqual([]);
});
