import { expect, test } from 'vitest';
import { checkAgents } from './doctor.ts';
import { missingForDisplay } from './missing-for-display.ts';

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

test.each([
  ['turned on', ['reactions:write', 'files:read'], [{}, { reactions: true }], /reactions .* stay away/],
  ['turned on and allowed', ['files:read'], [{ reactions: true }], /^$/],
  ['off', ['reactions:write'], [{ reactions: false, progressLine: true }], /^$/],
])('20 reactions that are %s: what a missing scope means for them', (_name, missing, choices, says) => {
  expect(missingForDisplay(missing, choices)).toMatch(says);
});
