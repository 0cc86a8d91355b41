import { expect, test } from 'vitest';
import { checkAgents } from './doctor.ts';

test.each([
  ['the deployment’s own', { name: 'helper' }, []],
  ['named by a setting', { name: 'helper', model: 'openai/x' }, []],
  ['the demo model', { name: 'helper', model: 'demo/9000' }, []],
  [
    'named by no setting',
    { name: 'helper', model: 'bedrock/y' },
    [
      {
        check: 'agent helper',
        ok: false,
        found: expect.stringContaining('bedrock/y is named by no setting'),
        todo: expect.stringContaining('"bedrock/y" to the list `extraModels`'),
      },
    ],
  ],
])('37 an agent’s model: %s', (_name, agent, expected) => {
  expect(checkAgents([agent], ['demo', 'openai/x'])).toEqual(expected);
});
