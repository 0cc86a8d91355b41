import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'page');
const PROJECT = join(import.meta.dirname, '..', '..');
const BUILT = join(PROJECT, '.local', 'page');

/**
 * Builds the page unless it is built already from the same sources. Several processes may do so at once: each
 * builds into a folder of its own, and whoever is first gives it its name.
 *
 * @returns the folder that holds the built page
 */
export async function buildPage(): Promise<string> {
  const target = join(BUILT, digestOfSources());
  if (existsSync(join(target, 'index.html'))) return target;
  // Loaded only here: a page that is built already needs no builder.
  const { build } = await import('vite');
  mkdirSync(BUILT, { recursive: true });
  const own = join(BUILT, `building-${process.pid}-${Date.now()}`);
  await build({ configFile: join(SOURCE, 'vite.config.ts'), build: { outDir: own } });
  try {
    renameSync(own, target);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(join(target, 'index.html'))) throw error;
  }
  return target;
}

/** What the built page depends on: its sources, the versions of what it imports, and which React is built in: in tests the one that warns. */
function digestOfSources(): string {
  const hash = createHash('sha256').update(process.env.NODE_ENV ?? '');
  const files = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of [...files, join(PROJECT, 'package-lock.json')]) {
    hash.update(file.slice(PROJECT.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
