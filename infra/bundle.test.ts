import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleInto } from './bundle.ts';

const root = join(import.meta.dirname, '..');

function bundle(folder: string, build?: string): { directory: string; files: Map<string, string> } {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bundle-'));
  bundleInto(directory, {
    entry: join(root, 'functions', folder, 'handler.ts'),
    ...(build ? { build } : {}),
  });
  const files = readdirSync(directory).sort();
  return {
    directory,
    files: new Map(files.map((name) => [name, readFileSync(join(directory, name), 'utf8')])),
  };
}

/** The packages whose code is in a file, by its source map. */
function packagesIn(files: ReadonlyMap<string, string>, name: string): Set<string> {
  const { sources }: { sources: string[] } = JSON.parse(files.get(`${name}.map`) ?? '{"sources":[]}');
  return new Set(
    sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
  );
}

/** What is read when a file is imported, before anything is imported dynamically. */
function loadedWith(files: ReadonlyMap<string, string>, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, chunk] of (files.get(name) ?? '').matchAll(/(?:from|import)"\.\/([^"]+)"/g))
    if (chunk) loadedWith(files, chunk, seen);
  return seen;
}

describe('a bundle', () => {
  const { files } = bundle('run-turn');
  const all = new Set([...files.keys()].flatMap((name) => [...packagesIn(files, name)]));
  const atOnce = new Set(
    [...loadedWith(files, 'handler.mjs')].flatMap((name) => [...packagesIn(files, name)]),
  );

  it.each(['@ai-sdk/amazon-bedrock', '@ai-sdk/anthropic', '@ai-sdk/openai', '@ai-sdk/openai-compatible'])(
    'loads %s only when it is used',
    (provider) => {
      expect([...all]).toContain(provider);
      expect([...atOnce]).not.toContain(provider);
    },
  );

  it('holds the AWS SDK', () => {
    expect([...atOnce]).toContain('@aws-sdk/client-dynamodb');
  });

  it('is the same wherever it is built, and another for another label', () => {
    const first = bundle('sweep', 'one');
    const second = bundle('sweep', 'one');
    expect(second.directory).not.toBe(first.directory);
    expect([...second.files]).toEqual([...first.files]);
    expect(bundle('sweep', 'two').files.get('handler.mjs')).not.toBe(first.files.get('handler.mjs'));
  });

  it('exports the handler', () => {
    expect(files.get('handler.mjs')).toMatch(/export\{[^}]*\bas handler\b/);
  });
});
