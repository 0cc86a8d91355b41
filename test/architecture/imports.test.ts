import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { importsIn, importsOf, root, sourceFiles } from './read-imports.ts';

const files = sourceFiles();
const edges = files.flatMap((from) => importsOf(from).map((to) => ({ from, to })));
const isTest = (file: string) => file.endsWith('.test.ts') || file.startsWith('test/');
const own = (to: string) => /^(agents|bench|cli|core|functions|infra|local|test)\//.test(to);

/** Which rooms a room's own code may know beside itself. Tests beside the code may use the tests' support too. */
const mayKnow: Record<string, RegExp> = {
  core: /^core\//,
  // Doors are plain data, for a function that may load nothing of agents and tools.
  agents: /^(agents\/|core\/(index|sessions\/doors)\.ts$)/,
  functions: /^(functions|core|agents)\//,
  // Functions are entry files to it: paths, not imports.
  infra: /^(infra|core)\//,
  local: /^(local|infra|core|cli)\/(?!slack\/)|^local\/slack\//,
  // The settings are checked by the doctor too, and the agents and their doors against them.
  cli: /^(cli|core|local)\/|^infra\/settings|^agents\/(index|doors)\.ts$/,
};

function told(offending: { from: string; to: string }[]): string[] {
  return offending.map(({ from, to }) => `${from} imports ${to}`);
}

describe('imports run one way', () => {
  it.each(Object.entries(mayKnow))('%s', (room, allowed) => {
    const offending = edges.filter(
      ({ from, to }) => from.startsWith(`${room}/`) && !isTest(from) && own(to) && !allowed.test(to),
    );
    expect(told(offending)).toEqual([]);
  });

  it('nothing imports functions but functions', () => {
    const offending = edges.filter(
      ({ from, to }) => to.startsWith('functions/') && !from.startsWith('functions/'),
    );
    expect(told(offending)).toEqual([]);
  });

  it('a handler is nobody’s library', () => {
    const offending = edges.filter(
      ({ from, to }) => /^functions\/[^/]+\/handler\.ts$/.test(to) && !isTest(from),
    );
    expect(told(offending)).toEqual([]);
  });

  it('functions share by functions/shared alone', () => {
    const folder = (path: string) => path.split('/').slice(0, 2).join('/');
    const offending = edges.filter(
      ({ from, to }) =>
        !isTest(from) &&
        from.startsWith('functions/') &&
        to.startsWith('functions/') &&
        folder(to) !== folder(from) &&
        folder(to) !== 'functions/shared',
    );
    expect(told(offending)).toEqual([]);
  });

  it('the code does not know its tests', () => {
    // What is measured is driven as in the tests, with the same support.
    const offending = edges.filter(
      ({ from, to }) => !isTest(from) && !from.startsWith('bench/') && isTest(to),
    );
    expect(told(offending)).toEqual([]);
  });

  it('the simulator knows nothing of ours, and local reaches core/slack by no detour', () => {
    const simulator = edges.filter(
      ({ from, to }) => from.startsWith('local/slack/') && /^(core|functions|agents)\//.test(to),
    );
    expect(told(simulator)).toEqual([]);
    const reached = reachedFrom(files.filter((file) => file.startsWith('local/') && !isTest(file)));
    expect([...reached].filter((file) => file.startsWith('core/slack/'))).toEqual([]);
  });

  it('there is something to look at', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(edges.filter(({ from }) => from.startsWith('functions/')).length).toBeGreaterThan(10);
  });
});

/** All of our files that these import, directly or not. */
function reachedFrom(start: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const open = [...start];
  for (let file = open.pop(); file !== undefined; file = open.pop())
    for (const { to } of edges.filter(({ from }) => from === file))
      if (own(to) && !reached.has(to)) {
        reached.add(to);
        open.push(to);
      }
  return reached;
}

describe('the scanner', () => {
  it('sees every form of import', () => {
    const source = [
      "import a from './a.ts';",
      "import type { B } from '../b.ts';",
      "import './c.ts';",
      "import {\n  d,\n  e,\n} from 'pkg';",
      "export { f } from './f.ts';",
      "export * from './g.ts';",
      "const h = await import('./h.ts');",
      "const text = 'no import';",
      'export const from = 1;',
    ].join('\n');
    expect(importsIn(source, 'core/x/y.ts')).toEqual([
      'core/x/a.ts',
      'core/b.ts',
      'core/x/c.ts',
      'pkg',
      'core/x/f.ts',
      'core/x/g.ts',
      'core/x/h.ts',
    ]);
  });

  it('misses nothing that esbuild finds', async () => {
    const entryPoints = files.filter((file) => /^functions\/[^/]+\/handler\.ts$/.test(file));
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outdir: 'unused',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const missed = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
      imports
        .filter(({ path, external }) => !external && !importsOf(file).includes(path))
        .map(({ path }) => `${file}: ${path}`),
    );
    expect(missed).toEqual([]);
    expect(entryPoints.length).toBeGreaterThanOrEqual(6);
  });
});
