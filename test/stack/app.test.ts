import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../local/places.ts';

it('a wrong setting stops the app with a sentence and no stack trace', () => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(projectRoot, 'infra', 'app.ts')], {
    encoding: 'utf8',
    cwd: projectRoot,
    env: { PATH: process.env.PATH, CDK_CONTEXT_JSON: JSON.stringify({ modle: 'demo' }) },
  });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toEqual([
    'Sluice cannot be synthesised with these settings:',
    expect.stringContaining('There is no setting `modle`'),
    expect.stringContaining('Setting `model` is missing'),
  ]);
});
