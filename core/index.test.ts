import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as face from './index.ts';
import { requestTable } from './models/demo/help.ts';
import { demoRequests } from './models/demo/requests.ts';

const root = join(import.meta.dirname, '..');
const page = () => readFile(join(root, 'docs/agents-and-tools.md'), 'utf8');

test('the public face stays as small as it is', () => {
  expect(Object.keys(face).sort()).toEqual([
    'SlackCallError',
    'defineAgent',
    'defineAgents',
    'defineTool',
    'runTool',
  ]);
});

test('the code in docs/agents-and-tools.md compiles as it stands there', async () => {
  const blocks = [...(await page()).matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)];
  const files = blocks.map(([, path = '']) => path);
  expect(files).toContain('agents/weather/agent.ts');
  const place = join(root, '.local/docs-code');
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  await symlink(join(root, 'core'), join(place, 'core'));
  for (const [, path = '', code = ''] of blocks) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), code);
  }
  await writeFile(
    join(place, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', include: [], files }),
  );
  const compiled = promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', place]);
  const output = await compiled.then(
    () => '',
    (error: { stdout?: string }) => error.stdout ?? String(error),
  );
  await rm(place, { recursive: true });
  expect(output).toBe('');
});

test('the demo model’s requests in docs/agents-and-tools.md are those it understands', async () => {
  const [, table] =
    /<!-- demo requests[^>]*-->\n([\s\S]*?)\n<!-- \/demo requests -->/.exec(await page()) ?? [];
  // The formatter aligns tables.
  const plain = (text = '') => text.replace(/-{3,}/g, '---').replace(/ +/g, ' ').trim();
  expect(plain(table)).toBe(requestTable(demoRequests));
});
