import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { root } from './read-imports.ts';

/** What would make the answer to Slack slow to load. */
const forbidden = [
  'zod',
  'ai',
  '@ai-sdk/',
  '@slack/web-api',
  '@slack/bolt',
  'mathjs',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-kms',
];
/** What a door may load when it is needed, and not before: the code that opens a form. */
const loadedLate: Record<string, string[]> = {
  'slack-events': [],
  'slack-interactions': ['functions/slack-interactions/connector.ts'],
};
/** Of agents and models a door knows only what is written down: how they are met, and which model answers where. */
const plainData = ['agents/doors.ts', 'core/models/overrides.ts'];
const limitBytes = 150_000;

type Output = Metafile['outputs'][string];

const packageOf = (path: string) =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];

/** Packages of the AWS SDK; `bowser` comes with it and with nothing else. */
const isAwsSdk = (path: string) =>
  /^(@aws-sdk\/|@smithy\/|@aws-crypto\/|@aws\/|bowser$)/.test(packageOf(path) ?? '');

function bytesWithoutAws(outputs: readonly Output[]): number {
  return outputs
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path]) => !isAwsSdk(path))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}

describe.each(Object.entries(loadedLate))('the bundle of %s', async (name, late) => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`functions/${name}/handler.ts`],
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    outdir: 'unused',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const { outputs } = metafile;
  const handler = Object.keys(outputs).find((path) => path.endsWith('/handler.js')) ?? '';
  /** What is read before the handler can answer: itself and what it imports statically. */
  const atOnce = new Set([handler]);
  for (const path of atOnce)
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[next]) atOnce.add(next);
  const outputsAtOnce = [...atOnce].flatMap((path) => outputs[path] ?? []);
  const inputs = outputsAtOnce.flatMap((output) => Object.keys(output.inputs));

  it('holds nothing that its answer does not need', () => {
    const packages = [...new Set(inputs.flatMap((path) => packageOf(path) ?? []))];
    const found = packages.filter((found) =>
      forbidden.some((prefix) => (prefix.endsWith('/') ? found.startsWith(prefix) : found === prefix)),
    );
    expect(found).toEqual([]);
    // A bundle that holds nothing would pass the test above.
    expect(packages).toContain('@middy/core');
    expect(inputs).toContain('core/slack/inbound/verify-request.ts');
  });

  it('loads late only what not every answer needs', () => {
    const entries = Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
    // The AWS SDK parts itself: credentials and the like.
    expect(entries.filter((path) => !path.includes('node_modules/')).sort()).toEqual(
      [`functions/${name}/handler.ts`, ...late].sort(),
    );
  });

  it('is under 150 KB without the AWS SDK, with all that it loads late', () => {
    const bytes = bytesWithoutAws(Object.values(outputs));
    expect(bytesWithoutAws(outputsAtOnce)).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(limitBytes);
  });

  it('reaches neither agents nor models nor tools', () => {
    const reached = Object.values(outputs)
      .flatMap((output) => Object.keys(output.inputs))
      .filter((path) => /^(agents|core\/(models|agents))\//.test(path));
    expect(reached.filter((path) => !plainData.includes(path))).toEqual([]);
  });
});
