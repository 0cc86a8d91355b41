import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The rooms at the top of the repository that hold TypeScript. */
const rooms = ['agents', 'bench', 'cli', 'core', 'functions', 'infra', 'local', 'test'];

/** All source files, as paths from the root with `/`. */
export function sourceFiles(): string[] {
  return globSync(
    rooms.map((room) => `${room}/**/*.ts`),
    { cwd: root, exclude: (path) => path.includes('node_modules') },
  )
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

/** Statements begin their line and end in a quoted name; `import()` may stand anywhere. */
const STATEMENT = /^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*(['"])([^'"\n]+)\1/gm;
const DYNAMIC = /\bimport\(\s*(['"])([^'"\n]+)\1\s*\)/g;

/** What a file imports (types too): paths from the root for our own files, names for everything else. */
export function importsOf(file: string): string[] {
  return importsIn(readFileSync(join(root, file), 'utf8'), file);
}

export function importsIn(source: string, file: string): string[] {
  const names = [...source.matchAll(STATEMENT), ...source.matchAll(DYNAMIC)].map((match) => match[2] ?? '');
  return [...new Set(names.map((name) => (name.startsWith('.') ? fromRoot(file, name) : name)))];
}

function fromRoot(file: string, name: string): string {
  return relative(root, join(root, dirname(file), name)).replaceAll('\\', '/');
}
