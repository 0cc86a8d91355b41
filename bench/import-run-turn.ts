import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleInto } from '../infra/bundle.ts';

/**
 * What a cold start of run-turn reads and how long that takes: `node bench/import-run-turn.ts`. Each figure is the
 * median of fresh Node processes that import a bundle as it is deployed; ratios are against AI SDK's `ai` alone,
 * bundled alike, on the same machine. Prints one table in Markdown.
 */
const RUNS = 9;

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'sluice-import-'));

interface Row {
  name: string;
  /** The bundle's entry, beside the project's root. */
  entry: string;
  /** A model to find after the import, whose own time is the figure. */
  model?: string;
}

const modelLayer = 'bench/model-layer.ts';
const baseline: Row = { name: '`ai` alone', entry: 'bench/import-ai.ts' };
const rows: Row[] = [
  { name: 'run-turn, no provider', entry: 'functions/run-turn/handler.ts' },
  { name: 'then: demo', entry: modelLayer, model: 'demo' },
  { name: 'then: anthropic', entry: modelLayer, model: 'anthropic/claude-opus-5-5' },
  { name: 'then: openai', entry: modelLayer, model: 'openai/gpt-6-sol' },
  { name: 'then: bedrock', entry: modelLayer, model: 'bedrock/amazon.nova-lite-v1:0' },
  { name: 'then: openai-compatible', entry: modelLayer, model: 'openai-compatible/x' },
];

const bundles = new Map<string, string>();

/** Bundles an entry once. */
function bundleOf(entry: string): string {
  const known = bundles.get(entry);
  if (known) return known;
  const directory = mkdtempSync(join(scratch, 'b-'));
  bundleInto(directory, { entry: join(root, entry) });
  bundles.set(entry, directory);
  return directory;
}

/** One fresh process: milliseconds, and the files that it read meanwhile. */
function measureOnce(directory: string, model: string | undefined): { ms: number; files: string[] } {
  const script = `
    import { registerHooks } from 'node:module';
    let files = [];
    registerHooks({ load(url, context, next) { files.push(url); return next(url, context); } });
    let from = performance.now();
    const layer = await import(${JSON.stringify(join(directory, 'handler.mjs'))});
    const model = ${JSON.stringify(model ?? null)};
    if (model) {
      files = [];
      from = performance.now();
      await layer.resolveModel(model, {
        baseUrls: { 'openai-compatible': 'http://127.0.0.1:1' },
        secrets: async () => ({ anthropic: 'k', openai: 'k' }),
      });
    }
    console.log(JSON.stringify({ ms: performance.now() - from, files }));
    process.exit(0);
  `;
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, AWS_REGION: 'eu-central-1', POWERTOOLS_SERVICE_NAME: 'sluice' },
  });
  return JSON.parse(out.trim().split('\n').at(-1) ?? '');
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

function measure({ entry, model }: Row): { ms: number; kilobytes: number } {
  const directory = bundleOf(entry);
  const runs = Array.from({ length: RUNS }, () => measureOnce(directory, model));
  const files = runs[0]?.files.filter((url) => url.startsWith(`file://${directory}/`)) ?? [];
  const bytes = files.map((url) => statSync(url.slice('file://'.length)).size);
  return {
    ms: median(runs.map(({ ms }) => ms)),
    kilobytes: bytes.reduce((sum, size) => sum + size, 0) / 1024,
  };
}

try {
  const base = measure(baseline);
  console.log('| import | read, KB | median, ms | against `ai` |');
  console.log('|---|---:|---:|---:|');
  for (const row of [baseline, ...rows]) {
    const { ms, kilobytes } = row === baseline ? base : measure(row);
    console.log(
      `| ${row.name} | ${kilobytes.toFixed(0)} | ${ms.toFixed(1)} | ${(ms / base.ms).toFixed(2)} |`,
    );
  }
  const whole = readdirSync(bundleOf('functions/run-turn/handler.ts')).filter((file) =>
    file.endsWith('.mjs'),
  );
  console.log(
    `\nMedian of ${RUNS} processes each. The deployed bundle of run-turn has ${whole.length} files.`,
  );
} finally {
  rmSync(scratch, { recursive: true });
}
