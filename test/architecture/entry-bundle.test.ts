import { build } from 'esbuild';
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
const limitBytes = 150_000;

describe.each(['slack-events', 'slack-interactions'])('the bundle of %s', async (name) => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`functions/${name}/handler.ts`],
    bundle: true,
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
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {});
  const packageOf = (path: string) =>
    /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];

  it('holds nothing that its answer does not need', () => {
    const packages = [...new Set(inputs.flatMap(([path]) => packageOf(path) ?? []))];
    const found = packages.filter((found) =>
      forbidden.some((prefix) => (prefix.endsWith('/') ? found.startsWith(prefix) : found === prefix)),
    );
    expect(found).toEqual([]);
    // A bundle that holds nothing would pass the test above.
    expect(packages).toContain('@middy/core');
    expect(inputs.map(([path]) => path)).toContain('core/slack/inbound/verify-request.ts');
  });

  it('is under 150 KB without the AWS SDK', () => {
    const bytes = inputs
      .filter(([path]) => !/^(@aws-sdk|@smithy|@aws-crypto|@aws)\b/.test(packageOf(path) ?? ''))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(limitBytes);
  });

  it('reaches neither agents nor models nor tools', () => {
    const reached = inputs
      .map(([path]) => path)
      .filter((path) => /^(agents|core\/(models|agents))\//.test(path));
    expect(reached.filter((path) => path !== 'agents/default-agent.ts')).toEqual([]);
  });
});
