import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { runTool } from '../../../core/index.ts';
import { root } from '../../../test/architecture/read-imports.ts';
import { fakeSlack, toolContext } from '../../../test/support/fake-slack.ts';
import { fetchWebPage } from './fetch-web-page.ts';

const run = (input: object) => runTool(fetchWebPage, input, toolContext(fakeSlack({}).slack));

// With the network of this machine: all of these must be refused before it is used.
test.each([
  ['http://169.254.169.254/latest/meta-data/iam/security-credentials/', /link-local/],
  ['http://127.0.0.1:9001/2018-06-01/runtime/invocation/next', /ports 80 and 443/],
  ['http://127.0.0.1/', /loopback/],
  ['http://[fd00:ec2::254]/latest/meta-data/', /private/],
  ['http://localhost/', /inner network/],
  ['file:///proc/self/environ', /Only http and https/],
])('%s is told to the model as refused', async (url, words) => {
  expect(await run({ url })).toEqual({ kind: 'error', text: expect.stringMatching(words) });
  expect(await run({ url })).toMatchObject({ text: expect.stringMatching(/^fetch_web_page failed: /) });
});

test.each([{}, { url: '' }, { url: 'https://example.com', from: -1 }, { url: 7 }])(
  '%j is told to the model as wrong arguments',
  async (input) => {
    expect(await run(input)).toMatchObject({ kind: 'error' });
  },
);

test('run-turn loads the reader of pages when the tool runs, and not before', async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['functions/run-turn/handler.ts'],
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
  const atOnce = new Set(Object.keys(outputs).filter((path) => path.endsWith('/handler.js')));
  for (const path of atOnce)
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[next]) atOnce.add(next);
  const partsOf = (paths: Iterable<string>) =>
    [...paths].flatMap((path) => Object.entries(outputs[path]?.inputs ?? {}));
  const isWeb = ([path]: [string, unknown]) =>
    path.startsWith('agents/assistant/web/') ||
    /node_modules\/(htmlparser2|entities|domhandler)\//.test(path);
  expect(
    partsOf(atOnce)
      .filter(isWeb)
      .map(([path]) => path),
  ).toEqual(['agents/assistant/web/web-page.ts']);
  const late = partsOf(Object.keys(outputs).filter((path) => !atOnce.has(path))).filter(isWeb);
  expect(late.map(([path]) => path)).toContain('agents/assistant/web/fetch-page.ts');
  const bytes = late.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThan(100_000);
});
